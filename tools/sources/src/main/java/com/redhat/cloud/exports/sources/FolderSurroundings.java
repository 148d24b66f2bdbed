package com.redhat.cloud.exports.sources;

import com.redhat.cloud.exports.routes.ClassPathSurroundings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.catalog.DefaultCamelCatalog;

/** What is known of a program from its folder: all components of Camel, and its settings. */
final class FolderSurroundings extends ClassPathSurroundings {

    private final DefaultCamelCatalog catalog = new DefaultCamelCatalog();
    private final Optional<Set<String>> settings;

    FolderSurroundings(Path folder) {
        super(home(folder));
        this.settings = settings(home(folder).resolve("application.properties"));
    }

    /** The program's working directory. */
    private static Path home(Path folder) {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        boolean above = !Files.exists(folder.resolve("application.properties"))
                && parent != null
                && Files.exists(parent.resolve("application.properties"));
        return above ? parent : folder;
    }

    private static Optional<Set<String>> settings(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(new TreeSet<>(properties.stringPropertyNames()));
    }

    @Override
    public Set<String> components() {
        return new TreeSet<>(catalog.findComponentNames());
    }

    @Override
    public Optional<String> describe(String component) {
        return Optional.ofNullable(catalog.componentJSonSchema(component));
    }

    @Override
    public Optional<Set<String>> beans() {
        return Optional.empty();
    }

    @Override
    public Optional<Class<?>> typeOf(String bean) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<String>> routeConfigurations() {
        return Optional.empty();
    }

    @Override
    public Optional<Set<String>> settings() {
        return settings;
    }

    @Override
    public boolean hasSetting(String key) {
        return settings.isEmpty() || settings.get().contains(key);
    }
}
