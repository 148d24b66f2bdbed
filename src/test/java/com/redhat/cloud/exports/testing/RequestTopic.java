package com.redhat.cloud.exports.testing;

import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.servers.LocalServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic as any consumer sees it, from its beginning. */
public final class RequestTopic implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> records = new ArrayList<>();

    public RequestTopic() {
        String brokers = TestServers.servers().environment().get("KAFKA_BROKERS");
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers), new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(LocalServers.TOPIC).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All records of these sources, once there is one for each at least; the order is the topic's. */
    public List<ConsumerRecord<String, String>> of(Collection<String> sources) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            read();
            return sources.stream().allMatch(source -> records.stream().anyMatch(item -> isFor(source, item)));
        });
        return present(sources);
    }

    /** Those that are there by now. */
    public List<ConsumerRecord<String, String>> present(Collection<String> sources) {
        read();
        return records.stream()
                .filter(item -> sources.stream().anyMatch(source -> isFor(source, item)))
                .toList();
    }

    private void read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
    }

    private static boolean isFor(String source, ConsumerRecord<String, String> item) {
        return item.value().contains("\"uuid\":\"" + source + "\"");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
