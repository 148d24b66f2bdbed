package com.redhat.cloud.exports.outbox;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.KafkaProperties;
import org.apache.camel.Component;
import org.apache.camel.Ordered;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.spi.ComponentCustomizer;

/** Connects Camel's Kafka component. In Java, since Camel would resolve placeholders in properties, passwords included. */
@org.springframework.stereotype.Component
class KafkaClient implements ComponentCustomizer {

    private final KafkaProperties settings;

    KafkaClient(ExportProperties properties) {
        this.settings = properties.kafka();
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof KafkaComponent;
    }

    /** Runs after Spring Boot's own customizer, which sets defaults. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    @Override
    public void configure(String name, Component target) {
        KafkaConfiguration client = ((KafkaComponent) target).getConfiguration();
        client.setBrokers(settings.brokers());
        client.setSecurityProtocol(settings.securityProtocol().name());
        if (!settings.caFile().isEmpty()) {
            client.setSslTruststoreType("PEM");
            client.setSslTruststoreLocation(settings.caFile());
        }
        if (settings.securityProtocol().isSasl()) {
            client.setSaslMechanism(settings.saslMechanism());
            client.setSaslJaasConfig(jaas(settings));
        }
    }

    private static String jaas(KafkaProperties settings) {
        String module = settings.saslMechanism().equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return "org.apache.kafka.common.security.%s required username=%s password=%s;"
                .formatted(module, quoted(settings.saslUsername()), quoted(settings.saslPassword()));
    }

    /** Kafka reads it by a {@link java.io.StreamTokenizer}, for which a line break ends a quoted text. */
    private static String quoted(String value) {
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
