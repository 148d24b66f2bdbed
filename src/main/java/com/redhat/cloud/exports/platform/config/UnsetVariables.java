package com.redhat.cloud.exports.platform.config;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Hides environment variables that nobody set: empty ones, as the former service did, and those that Kubernetes adds for
 * Services. One named {@code minio} adds {@code MINIO_PORT=tcp://10.0.0.1:9000} and {@code MINIO_SERVICE_HOST} to every pod,
 * which an Integration of Camel K cannot turn off.
 */
final class UnsetVariables implements EnvironmentPostProcessor {

    private static final String PORT = "_PORT";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> all = environment.getSystemEnvironment();
        Map<String, Object> set = new HashMap<>(all);
        all.forEach((name, value) -> {
            if (value.toString().isBlank() || isServiceLink(name, value.toString(), all)) {
                set.remove(name);
            }
        });
        String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(source, new SystemEnvironmentPropertySource(source, set));
    }

    private static boolean isServiceLink(String name, String value, Map<String, Object> variables) {
        return name.endsWith(PORT)
                && value.contains("://")
                && variables.containsKey(name.replaceFirst(PORT + "$", "_SERVICE_HOST"));
    }
}
