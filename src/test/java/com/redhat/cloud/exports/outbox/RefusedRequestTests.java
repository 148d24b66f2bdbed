package com.redhat.cloud.exports.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing of a refused {@code POST /exports} reaches a source application. */
@ServiceTest
class RefusedRequestTests {

    /** Passes the checks of the service; the database refuses it. */
    private static final String UNSTORABLE = Api.request(
            "json", "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":{\"a\":1e400000}}");

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Test
    void afterRefusalsOnlyTheAcceptedRequestIsAnnounced() {
        String identity = Api.someone();
        for (String body : List.of("{", UNSTORABLE, Api.request("pdf", 1), Api.request("json", "{}"))) {
            assertThat(api.post(identity, body).statusCode()).isIn(400, 406);
        }
        Api.Export accepted = api.create(identity, Api.request("json", 1));

        await().atMost(Duration.ofSeconds(20)).until(() -> waiting(identity) == 0);
        assertThat(announced(identity))
                .singleElement()
                .asString()
                .contains(accepted.sources().getFirst());
    }

    private long waiting(String identity) {
        return database.sql("select count(*) from outbox where identity = ?")
                .param(identity)
                .query(Long.class)
                .single();
    }

    /** Returns all events in Kafka with this identity. */
    private static List<String> announced(String identity) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestServers.servers().environment().get("KAFKA_BROKERS"));
        List<String> events = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("platform.export.requests").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofSeconds(1))) {
                    if (new String(event.headers().lastHeader("x-rh-identity").value(), StandardCharsets.UTF_8)
                            .equals(identity)) {
                        events.add(event.value());
                    }
                }
            }
        }
        return events;
    }
}
