package com.redhat.cloud.exports.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The route files of an application: those in the jar, replaced by files of the same name in the folder, and all others in
 * the folder and one level below ({@code extensions/}).
 *
 * <p>A folder that Kubernetes mounts consists of links into a folder whose name begins with two dots, which is skipped.
 */
public final class RouteFolder {

    private final Path folder;
    private @Nullable Map<String, RouteFile> defaults;

    public RouteFolder(Path folder) {
        this.folder = folder;
    }

    /** Locations by name, as Camel reads them: {@code classpath:…} or {@code file:…}. */
    Map<String, String> locations() throws IOException {
        Map<String, String> locations = inJar();
        for (Path file : files()) {
            locations.put(name(file), "file:" + file);
        }
        return locations;
    }

    private static Map<String, String> inJar() throws IOException {
        Map<String, String> locations = new TreeMap<>();
        for (Resource route :
                new PathMatchingResourcePatternResolver().getResources("classpath*:routes/*" + RouteFile.SUFFIX)) {
            locations.put(route.getFilename(), "classpath:routes/" + route.getFilename());
        }
        return locations;
    }

    /**
     * Reads all files.
     *
     * @return by name, the path below the folder
     */
    Map<String, RouteFile> read() throws IOException {
        Map<String, RouteFile> files = new TreeMap<>(defaults());
        for (Path file : files()) {
            files.put(name(file), read("file:" + file));
        }
        return files;
    }

    /** The jar's files. The jar is searched only once, which takes longer than reading the folder. */
    private Map<String, RouteFile> defaults() throws IOException {
        if (defaults == null) {
            Map<String, RouteFile> files = new TreeMap<>();
            for (Map.Entry<String, String> entry : inJar().entrySet()) {
                files.put(entry.getKey(), read(entry.getValue()));
            }
            defaults = files;
        }
        return defaults;
    }

    private String name(Path file) {
        return folder.relativize(file).toString();
    }

    /** Reads the files in the folder alone. */
    public List<RouteFile> readOwn() throws IOException {
        return files().stream().map(file -> read("file:" + file)).toList();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, 2, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> file.getFileName().toString().endsWith(RouteFile.SUFFIX))
                    .filter(file -> !folder.relativize(file).toString().startsWith(".."))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private static RouteFile read(String location) {
        try {
            Resource resource = new PathMatchingResourcePatternResolver().getResource(location);
            String shown = location.startsWith("file:") ? location.substring("file:".length()) : location;
            return new RouteFile(shown, resource.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
