package com.redhat.cloud.exports.platform.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Reads the file that Clowder writes and {@code ACG_CONFIG} names
 * (schema {@code https://cloud.redhat.com/schemas/clowder-appconfig}) as the environment variables of the same meaning. The
 * file overrides the environment, as it did in the former service.
 */
final class ClowderSettings implements EnvironmentPostProcessor {

    private static final String VARIABLE = "ACG_CONFIG";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String file = environment.getProperty("export.clowder-file", "");
        if (file.isBlank()) {
            return;
        }
        Map<String, Object> settings = read(
                parse(Path.of(file)),
                environment.getRequiredProperty("export.storage.bucket"),
                environment.getRequiredProperty("export.event.topic"));
        environment.getPropertySources().addFirst(new MapPropertySource("clowder", settings));
    }

    private static JsonNode parse(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            // Without the cause, whose message may quote passwords.
            throw InvalidSettingException.of(VARIABLE, "names a file that cannot be read as JSON: " + file);
        }
    }

    /** Returns variables and their values, without those that the file lacks. */
    static Map<String, Object> read(JsonNode config, String requestedBucket, String requestedTopic) {
        Map<String, Object> settings = new LinkedHashMap<>();
        put(settings, "PUBLIC_PORT", config.path("publicPort"));
        put(settings, "PRIVATE_PORT", config.path("privatePort"));
        put(settings, "METRICS_PORT", config.path("metricsPort"));
        String metricsPath = config.path("metricsPath").asText();
        if (!metricsPath.isEmpty()) {
            settings.put("METRICS_PATH", LiteralSettings.escape(metricsPath.replaceFirst("^/+", "")));
        }
        database(settings, config.path("database"));
        kafka(settings, config.path("kafka"), requestedTopic);
        objectStore(settings, config.path("objectStore"), requestedBucket);
        return settings;
    }

    private static void database(Map<String, Object> settings, JsonNode database) {
        put(settings, "PGSQL_HOSTNAME", database.path("hostname"));
        put(settings, "PGSQL_PORT", database.path("port"));
        put(settings, "PGSQL_DATABASE", database.path("name"));
        put(settings, "PGSQL_USER", database.path("username"));
        put(settings, "PGSQL_PASSWORD", database.path("password"));
        put(settings, "PGSQL_SSL_MODE", database.path("sslMode"));
        putFile(settings, "PGSQL_SSL_ROOT_CERT", database.path("rdsCa"));
    }

    private static void kafka(Map<String, Object> settings, JsonNode kafka, String requestedTopic) {
        List<String> brokers = new ArrayList<>();
        for (JsonNode broker : kafka.path("brokers")) {
            brokers.add(
                    broker.path("hostname").asText() + ":" + broker.path("port").asInt(9092));
        }
        if (brokers.isEmpty()) {
            return;
        }
        settings.put("KAFKA_BROKERS", LiteralSettings.escape(String.join(",", brokers)));
        for (JsonNode topic : kafka.path("topics")) {
            if (topic.path("requestedName").asText().equals(requestedTopic)) {
                put(settings, "KAFKA_ANNOUNCE_TOPIC", topic.path("name"));
            }
        }
        JsonNode broker = kafka.path("brokers").path(0);
        putFile(settings, "KAFKA_CA", broker.path("cacert"));
        if (!broker.path("securityProtocol").asText().isEmpty()) {
            put(settings, "KAFKA_SECURITY_PROTOCOL", broker.path("securityProtocol"));
        } else if (broker.has("authtype")) {
            settings.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        } else if (broker.has("cacert")) {
            settings.put("KAFKA_SECURITY_PROTOCOL", "SSL");
        }
        put(settings, "KAFKA_SASL_MECHANISM", broker.path("sasl").path("saslMechanism"));
        put(settings, "KAFKA_SASL_USERNAME", broker.path("sasl").path("username"));
        put(settings, "KAFKA_SASL_PASSWORD", broker.path("sasl").path("password"));
    }

    private static void objectStore(Map<String, Object> settings, JsonNode store, String requestedBucket) {
        put(settings, "MINIO_HOST", store.path("hostname"));
        put(settings, "MINIO_PORT", store.path("port"));
        put(settings, "MINIO_SSL", store.path("tls"));
        put(settings, "AWS_ACCESS_KEY", store.path("accessKey"));
        put(settings, "AWS_SECRET_ACCESS_KEY", store.path("secretKey"));
        for (JsonNode bucket : store.path("buckets")) {
            if (bucket.path("requestedName").asText().equals(requestedBucket)) {
                put(settings, "EXPORT_SERVICE_BUCKET", bucket.path("name"));
                put(settings, "AWS_ACCESS_KEY", bucket.path("accessKey"));
                put(settings, "AWS_SECRET_ACCESS_KEY", bucket.path("secretKey"));
                put(settings, "AWS_REGION", bucket.path("region"));
            }
        }
    }

    private static void put(Map<String, Object> settings, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
            settings.put(name, LiteralSettings.escape(value.asText()));
        }
    }

    /** Writes an embedded certificate to a file, as clients read them from files. */
    private static void putFile(Map<String, Object> settings, String name, JsonNode certificates) {
        if (certificates.asText().isEmpty()) {
            return;
        }
        try {
            Path file = Files.createTempFile(name.toLowerCase(Locale.ROOT), ".pem");
            file.toFile().deleteOnExit();
            settings.put(name, Files.writeString(file, certificates.asText()).toString());
        } catch (IOException e) {
            throw InvalidSettingException.of(
                    VARIABLE, "has certificates that cannot be written to " + System.getProperty("java.io.tmpdir"));
        }
    }
}
