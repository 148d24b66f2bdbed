package com.redhat.cloud.exports.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Tells Camel which route files to load at the start: those of the {@link RouteFolder}. Runs after the application's own
 * post-processors, which come first on the class path.
 */
final class RouteFiles implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Path directory = Path.of(environment.getRequiredProperty("export.routes.directory"));
        try {
            String locations =
                    String.join(",", new RouteFolder(directory).locations().values());
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("routes", Map.of("camel.main.routes-include-pattern", locations)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the routes in " + directory, e);
        }
    }
}
