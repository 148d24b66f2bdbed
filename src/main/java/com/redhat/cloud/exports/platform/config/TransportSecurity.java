package com.redhat.cloud.exports.platform.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets TLS and SASL of the clients of Kafka and PostgreSQL, and TLS of the management port. Not in
 * {@code application.yaml}, since the clients refuse an empty option: it must be absent.
 */
final class TransportSecurity implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        ExportProperties settings =
                Binder.get(environment).bind("export", ExportProperties.class).get();
        Map<String, Object> options = new LinkedHashMap<>();
        kafka(settings.kafka(), options);
        if (settings.tls().management()) {
            options.put(
                    "management.server.ssl.certificate",
                    "file:" + settings.tls().certificate());
            options.put(
                    "management.server.ssl.certificate-private-key",
                    "file:" + settings.tls().key());
        }
        environment.getPropertySources().addFirst(new MapPropertySource("transportSecurity", options));
    }

    private static void kafka(KafkaProperties kafka, Map<String, Object> options) {
        options.put(
                "camel.component.kafka.security-protocol",
                kafka.securityProtocol().name());
        if (!kafka.caFile().isEmpty()) {
            options.put("camel.component.kafka.ssl-truststore-type", "PEM");
            options.put("camel.component.kafka.ssl-truststore-location", kafka.caFile());
        }
        if (!kafka.securityProtocol().isSasl()) {
            return;
        }
        options.put("camel.component.kafka.sasl-mechanism", kafka.saslMechanism());
        String module = kafka.saslMechanism().equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        options.put(
                "camel.component.kafka.sasl-jaas-config",
                "org.apache.kafka.common.security.%s required username=%s password=%s;"
                        .formatted(module, quoted(kafka.saslUsername()), quoted(kafka.saslPassword())));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
