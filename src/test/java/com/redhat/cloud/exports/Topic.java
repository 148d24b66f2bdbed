package com.redhat.cloud.exports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** The topic of the request events as a source application reads it, from where it stands now. */
final class Topic implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> records = new ArrayList<>();

    Topic(String name) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestServers.servers().environment().get("KAFKA_BROKERS")),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = IntStream.range(
                        0, consumer.partitionsFor(name).size())
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** The records about an export, once there are so many. */
    List<ConsumerRecord<String, String>> await(Api.Export export, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> of(export).size() >= count);
        return of(export);
    }

    /** The records about an export so far. */
    List<ConsumerRecord<String, String>> of(Api.Export export) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
        return records.stream()
                .filter(record -> record.value().contains(export.id()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
