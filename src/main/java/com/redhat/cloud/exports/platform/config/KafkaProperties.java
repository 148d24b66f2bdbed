package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;
import static com.redhat.cloud.exports.platform.config.Requirements.requireReadable;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The connection to Kafka.
 *
 * @param brokers comma-separated list of host:port
 * @param securityProtocol {@code PLAINTEXT}, {@code SSL}, {@code SASL_PLAINTEXT} or {@code SASL_SSL}
 * @param caFile PEM file with the certificates to trust
 * @param saslMechanism {@code SCRAM-SHA-512}, {@code SCRAM-SHA-256} or {@code PLAIN}
 * @param saslUsername required with SASL
 * @param saslPassword required with SASL
 */
public record KafkaProperties(
        String brokers,
        SecurityProtocol securityProtocol,
        String caFile,
        String saslMechanism,
        String saslUsername,
        String saslPassword) {

    private static final Pattern BROKER = Pattern.compile("[^\\s:,]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}");

    public KafkaProperties {
        // The client would wait for a server that will never be there.
        Stream.of(brokers.split(",", -1))
                .map(String::strip)
                .forEach(broker -> require(
                        BROKER.matcher(broker).matches(),
                        "KAFKA_BROKERS",
                        "must be a comma-separated list of host:port, but has '%s'".formatted(broker)));
        requireReadable("KAFKA_CA", caFile);
        requireWithSasl("KAFKA_SASL_USERNAME", saslUsername, securityProtocol);
        requireWithSasl("KAFKA_SASL_PASSWORD", saslPassword, securityProtocol);
    }

    private static void requireWithSasl(String variable, String value, SecurityProtocol protocol) {
        require(
                !protocol.isSasl() || !value.isEmpty(),
                variable,
                "must be set when KAFKA_SECURITY_PROTOCOL starts with SASL");
    }

    /** How Kafka's clients authenticate and encrypt. */
    public enum SecurityProtocol {
        PLAINTEXT,
        SSL,
        SASL_PLAINTEXT,
        SASL_SSL;

        /** Whether clients authenticate by user name and password. */
        public boolean isSasl() {
            return this == SASL_PLAINTEXT || this == SASL_SSL;
        }
    }
}
