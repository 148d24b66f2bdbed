package com.redhat.cloud.exports.platform.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/** Settings as the service would read them from an environment. */
public final class Settings {

    private static final ExportProperties DEFAULTS = of(Map.of());

    private Settings() {}

    /**
     * Returns the settings of these variables alone.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException if one is invalid
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

    /**
     * Returns the defaults with one group replaced, which may be null.
     *
     * @param component name of the group in {@link ExportProperties}
     */
    public static ExportProperties with(String component, Object value) {
        RecordComponent[] components = ExportProperties.class.getRecordComponents();
        try {
            Object[] parts = new Object[components.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = components[i].getName().equals(component)
                        ? value
                        : components[i].getAccessor().invoke(DEFAULTS);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return ExportProperties.class.getDeclaredConstructor(types).newInstance(parts);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static ExportProperties of(String variable, String value) {
        return of(Map.of(variable, value));
    }
}
