package com.redhat.cloud.exports.platform.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * How Kafka and PostgreSQL are talked to: TLS and SASL, from {@code KAFKA_SECURITY_PROTOCOL}, {@code KAFKA_CA},
 * {@code KAFKA_SASL_*} and {@code PGSQL_SSL_ROOT_CERT}; and TLS on the management port. These are options that the clients do not take as empty text, so
 * that they are set here and not in {@code application.yaml}.
 */
final class TransportSecurity implements EnvironmentPostProcessor {

    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

    private static final String SASL = "KAFKA_SECURITY_PROTOCOL starts with SASL";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> options = new LinkedHashMap<>();
        kafka(environment, options);
        String rootCertificate = environment.getProperty("PGSQL_SSL_ROOT_CERT", "");
        if (!rootCertificate.isEmpty()) {
            options.put(
                    "spring.datasource.hikari.data-source-properties.sslrootcert",
                    readable("PGSQL_SSL_ROOT_CERT", rootCertificate));
        }
        if (environment.getProperty("METRICS_TLS", "false").equals("true")) {
            options.put(
                    "management.server.ssl.certificate",
                    "file:" + required(environment, "EXPORT_TLS_CERTIFICATE", "METRICS_TLS is true"));
            options.put(
                    "management.server.ssl.certificate-private-key",
                    "file:" + required(environment, "EXPORT_TLS_KEY", "METRICS_TLS is true"));
        }
        environment.getPropertySources().addFirst(new MapPropertySource("transportSecurity", options));
    }

    private static void kafka(ConfigurableEnvironment environment, Map<String, Object> options) {
        String protocol =
                environment.getProperty("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT").toUpperCase(Locale.ROOT);
        if (!PROTOCOLS.contains(protocol)) {
            throw InvalidSettingException.of(
                    "KAFKA_SECURITY_PROTOCOL", "must be one of %s, but is '%s'".formatted(PROTOCOLS, protocol));
        }
        options.put("camel.component.kafka.security-protocol", protocol);
        String certificates = environment.getProperty("KAFKA_CA", "");
        if (!certificates.isEmpty()) {
            options.put("camel.component.kafka.ssl-truststore-type", "PEM");
            options.put("camel.component.kafka.ssl-truststore-location", readable("KAFKA_CA", certificates));
        }
        if (!protocol.startsWith("SASL")) {
            return;
        }
        String mechanism = environment.getProperty("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
        options.put("camel.component.kafka.sasl-mechanism", mechanism);
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        options.put(
                "camel.component.kafka.sasl-jaas-config",
                "org.apache.kafka.common.security.%s required username=%s password=%s;"
                        .formatted(
                                module,
                                quoted(required(environment, "KAFKA_SASL_USERNAME", SASL)),
                                quoted(required(environment, "KAFKA_SASL_PASSWORD", SASL))));
    }

    private static String required(ConfigurableEnvironment environment, String name, String reason) {
        String value = environment.getProperty(name, "");
        if (value.isEmpty()) {
            throw InvalidSettingException.of(name, "must be set when " + reason);
        }
        return value;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String readable(String name, String file) {
        if (!Files.isReadable(Path.of(file))) {
            throw InvalidSettingException.of(name, "names a file that cannot be read: " + file);
        }
        return file;
    }
}
