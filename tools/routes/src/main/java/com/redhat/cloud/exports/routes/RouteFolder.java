package com.redhat.cloud.exports.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The route files of an application: those in the jar, replaced by files of the same name in the folder, and all others in
 * the folder and one level below ({@code extensions/}).
 *
 * <p>Names that begin with a dot are skipped: a folder that Kubernetes mounts consists of links into a folder
 * {@code ..data}, editors and copying programs put temporary and accompanying files beside a file ({@code .#name},
 * {@code ._name}). So are names that begin with {@code ~$}.
 */
public final class RouteFolder {

    private final Path folder;
    private @Nullable Map<String, RouteFile> defaults;

    public RouteFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads all files.
     *
     * @return by name, the path below the folder
     */
    Map<String, RouteFile> read() throws IOException {
        Map<String, RouteFile> files = new TreeMap<>(defaults());
        for (Path file : files()) {
            files.put(folder.relativize(file).toString(), read(file));
        }
        return files;
    }

    /** Reads the files in the folder alone. */
    public List<RouteFile> readOwn() throws IOException {
        return files().stream().map(RouteFolder::read).toList();
    }

    /** The jar's files. The jar is searched only once, which takes longer than reading the folder. */
    private Map<String, RouteFile> defaults() throws IOException {
        if (defaults == null) {
            Map<String, RouteFile> files = new TreeMap<>();
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:routes/*" + RouteFile.SUFFIX)) {
                // The first one on the class path counts.
                files.putIfAbsent(
                        file.getFilename(),
                        new RouteFile(
                                "classpath:routes/" + file.getFilename(),
                                file.getContentAsString(StandardCharsets.UTF_8)));
            }
            defaults = files;
        }
        return defaults;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), 2, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return directory.equals(folder) || !isSkipped(directory)
                            ? FileVisitResult.CONTINUE
                            : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && !isSkipped(file)
                            && file.getFileName().toString().endsWith(RouteFile.SUFFIX)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                /** A subfolder without permission, like {@code lost+found}, is no reason to run no routes. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        files.sort(null);
        return files;
    }

    private static boolean isSkipped(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.startsWith("~$");
    }

    private static RouteFile read(Path file) {
        try {
            return new RouteFile(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
