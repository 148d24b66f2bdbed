package com.redhat.cloud.exports.platform.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Makes values from outside literal: a password may contain <code>${…}</code>. Spring would replace that, or end the start
 * with a message that quotes the password.
 */
final class LiteralSettings implements EnvironmentPostProcessor {

    private static final String PREFIX = "${";
    private static final List<String> FROM_OUTSIDE = List.of(
            CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        for (String name : FROM_OUTSIDE) {
            if (sources.get(name) instanceof EnumerablePropertySource<?> source && hasPlaceholder(source)) {
                sources.replace(name, literal(source));
            }
        }
    }

    private static boolean hasPlaceholder(EnumerablePropertySource<?> source) {
        for (String name : source.getPropertyNames()) {
            if (source.getProperty(name) instanceof String value && value.contains(PREFIX)) {
                return true;
            }
        }
        return false;
    }

    private static PropertySource<?> literal(EnumerablePropertySource<?> source) {
        // Spring Boot recognises environment variables by this class, and reads the map.
        if (source instanceof SystemEnvironmentPropertySource variables) {
            Map<String, Object> literal = new HashMap<>(variables.getSource());
            literal.replaceAll((name, value) -> escape(value));
            return new SystemEnvironmentPropertySource(source.getName(), literal);
        }
        return new LiteralSource(source);
    }

    private static final class LiteralSource extends EnumerablePropertySource<EnumerablePropertySource<?>> {

        LiteralSource(EnumerablePropertySource<?> source) {
            super(source.getName(), source);
        }

        @Override
        public String[] getPropertyNames() {
            return source.getPropertyNames();
        }

        @Override
        public @Nullable Object getProperty(String name) {
            Object value = source.getProperty(name);
            return value == null ? null : escape(value);
        }
    }

    private static Object escape(Object value) {
        return value instanceof String text ? escape(text) : value;
    }

    /** Escapes what Spring takes for a placeholder. It is resolved once on the way to a setting, which unescapes it. */
    static String escape(String value) {
        int start = value.indexOf(PREFIX);
        if (start < 0) {
            return value;
        }
        var escaped = new StringBuilder();
        int done = 0;
        for (; start >= 0; start = value.indexOf(PREFIX, start + PREFIX.length())) {
            escaped.append(value, done, start);
            // Spring keeps a backslash before a prefix that is not closed.
            if (isClosed(value, start + PREFIX.length())) {
                escaped.append('\\');
            }
            done = start;
        }
        return escaped.append(value, done, value.length()).toString();
    }

    private static boolean isClosed(String value, int begin) {
        int open = 1;
        for (int i = begin; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '{' -> open++;
                case '}' -> open--;
                default -> {}
            }
            if (open == 0) {
                return true;
            }
        }
        return false;
    }
}
