package com.redhat.cloud.exports.platform.config;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Hides environment variables that nobody has set: those that are empty, as the former service did, and the ports that
 * Kubernetes links every pod to. For a Service named {@code minio} it puts {@code MINIO_PORT=tcp://10.0.0.1:9000} into the
 * environment, beside {@code MINIO_SERVICE_HOST}; an Integration of Camel K cannot turn that off.
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
