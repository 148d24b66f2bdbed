package com.redhat.cloud.exports.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.config.Settings;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClientTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "p\"ss\\word",
                "${x}{{y}}#{z}",
                "a;b=c 'd'",
                "\\",
                "\\n\\u0041\\101",
                "line\nbreak\r\ttab",
                "%&ü€"
            })
    void nameAndPasswordReachKafkaAsTheyAre(String text) {
        KafkaConfiguration client = client("SCRAM-SHA-256", text);
        Map<String, ?> options = JaasContext.loadClientContext(
                        Map.of("sasl.jaas.config", new Password(client.getSaslJaasConfig())))
                .configurationEntries()
                .getFirst()
                .getOptions();
        assertThat(options.get("username")).isEqualTo(text);
        assertThat(options.get("password")).isEqualTo(text);
        assertThat(client.getBrokers()).isEqualTo("k1:9092,k2:9092");
        assertThat(client.getSecurityProtocol()).isEqualTo("SASL_SSL");
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, PlainLoginModule", "SCRAM-SHA-256, ScramLoginModule", "SCRAM-SHA-512, ScramLoginModule"})
    void eachMechanismHasItsModule(String mechanism, String module) {
        assertThat(client(mechanism, "x").getSaslMechanism()).isEqualTo(mechanism);
        assertThat(client(mechanism, "x").getSaslJaasConfig()).contains(module + " required");
    }

    private static KafkaConfiguration client(String mechanism, String text) {
        var component = new KafkaComponent();
        new KafkaClient(Settings.of(Map.of(
                        "KAFKA_BROKERS",
                        "k1:9092,k2:9092",
                        "KAFKA_SECURITY_PROTOCOL",
                        "SASL_SSL",
                        "KAFKA_SASL_MECHANISM",
                        mechanism,
                        "KAFKA_SASL_USERNAME",
                        escaped(text),
                        "KAFKA_SASL_PASSWORD",
                        escaped(text))))
                .configure("kafka", component);
        return component.getConfiguration();
    }

    /** {@link Settings} resolves placeholders. */
    private static String escaped(String text) {
        return text.replace("${", "\\${");
    }
}
