package com.redhat.cloud.exports.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/** The service's settings as they come out of an environment, without the service. */
public final class Settings {

    private Settings() {}

    /**
     * @param environment variables by the names of deployments, nothing else is looked at
     * @throws org.springframework.boot.context.properties.bind.BindException when one of them is refused
     */
    public static ExportProperties of(Map<String, String> environment) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new MapPropertySource("environment", Map.copyOf(environment)));
        try {
            new YamlPropertySourceLoader()
                    .load("defaults", new ClassPathResource("application.yaml"))
                    .forEach(sources::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Binder(ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources))
                .bind("export", ExportProperties.class)
                .get();
    }

    public static ExportProperties of(String variable, String value) {
        return of(Map.of(variable, value));
    }
}
