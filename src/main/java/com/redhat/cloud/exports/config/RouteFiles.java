package com.redhat.cloud.exports.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Tells Camel which route files to load: those in the jar, each replaced by the file of the same name in the routes
 * directory if there is one, and whatever else that directory holds.
 */
final class RouteFiles implements EnvironmentPostProcessor {

    private static final String SUFFIX = ".camel.yaml";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Path directory = Path.of(environment.getRequiredProperty("export.routes.directory"));
        Map<String, String> locations = new TreeMap<>();
        try {
            for (Resource route :
                    new PathMatchingResourcePatternResolver().getResources("classpath:routes/*" + SUFFIX)) {
                locations.put(route.getFilename(), "classpath:routes/" + route.getFilename());
            }
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                            .forEach(file -> locations.put(file.getFileName().toString(), "file:" + file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the routes in " + directory + " cannot be read", e);
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "routes", Map.of("camel.main.routes-include-pattern", String.join(",", locations.values()))));
    }
}
