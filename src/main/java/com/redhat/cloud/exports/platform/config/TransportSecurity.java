package com.redhat.cloud.exports.platform.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets TLS of the management port. Not in {@code application.yaml}, since an empty option is refused: it must be absent.
 */
final class TransportSecurity implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        ExportProperties settings =
                Binder.get(environment).bind("export", ExportProperties.class).get();
        Map<String, Object> options = new LinkedHashMap<>();
        if (settings.tls().management()) {
            options.put("management.server.ssl.certificate", uri(settings.tls().certificate()));
            options.put(
                    "management.server.ssl.certificate-private-key",
                    uri(settings.tls().key()));
        }
        environment.getPropertySources().addFirst(new MapPropertySource("transportSecurity", options));
    }

    /** A path may contain what means something else in a URI. */
    private static String uri(String file) {
        return LiteralSettings.escape(Path.of(file).toUri().toString());
    }
}
