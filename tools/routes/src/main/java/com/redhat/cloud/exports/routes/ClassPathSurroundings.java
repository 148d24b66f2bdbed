package com.redhat.cloud.exports.routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The components and files on the class path of this JVM, and the files of a folder. */
public abstract class ClassPathSurroundings implements Surroundings {

    private static final String COMPONENTS = "META-INF/services/org/apache/camel/component/";

    private final Path folder;

    /** @param folder that {@code file:} is relative to */
    protected ClassPathSurroundings(Path folder) {
        this.folder = folder;
    }

    @Override
    public Set<String> components() {
        return names("classpath*:" + COMPONENTS + "*");
    }

    @Override
    public Optional<String> describe(String component) {
        return load(COMPONENTS + component).flatMap(service -> {
            String type = property(service, "class");
            String packageOfType =
                    type.substring(0, Math.max(type.lastIndexOf('.'), 0)).replace('.', '/');
            return load("META-INF/%s/%s.json".formatted(packageOfType, component));
        });
    }

    @Override
    public Optional<String> read(String location) {
        if (location.startsWith("classpath:")) {
            return load(location.substring("classpath:".length()).replaceFirst("^/", ""));
        }
        Path file = folder.resolve(location.replaceFirst("^file:", ""));
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<String> near(String location) {
        String parent = location.contains("/") ? location.substring(0, location.lastIndexOf('/') + 1) : location;
        String start = parent.startsWith("file:")
                ? "file:" + folder.resolve(parent.substring("file:".length())) + "/"
                : parent;
        Set<String> locations = new TreeSet<>();
        names(start + "*").forEach(name -> locations.add(parent + name));
        return locations;
    }

    private static Set<String> names(String pattern) {
        Set<String> names = new TreeSet<>();
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                if (resource.getFilename() != null && !resource.getFilename().isEmpty()) {
                    names.add(resource.getFilename());
                }
            }
        } catch (IOException e) {
            // A missing folder has no names.
            return Set.of();
        }
        return names;
    }

    private static String property(String properties, String key) {
        var parsed = new Properties();
        try {
            parsed.load(new StringReader(properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parsed.getProperty(key, "");
    }

    private static Optional<String> load(String resource) {
        try (InputStream file = ClassPathSurroundings.class.getResourceAsStream("/" + resource)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
