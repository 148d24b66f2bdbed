package com.redhat.cloud.exports.testing;

import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.servers.LocalServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic as a consumer sees it, from its beginning. */
public final class RequestTopic implements AutoCloseable {

    private static final Pattern SOURCE = Pattern.compile("\"uuid\":\"([^\"]*)\"");

    private final KafkaConsumer<String, String> consumer;

    /** By the ids in the events, since other tests leave many. */
    private final Map<String, List<Received>> bySource = new HashMap<>();

    private int received;

    /** @param number in the order of the topic */
    private record Received(int number, ConsumerRecord<String, String> item) {}

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

    /** Waits until each source has a record, and returns all of them in the order of the topic. */
    public List<ConsumerRecord<String, String>> of(Collection<String> sources) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            read();
            return bySource.keySet().containsAll(sources);
        });
        return present(sources);
    }

    /** The records so far. */
    public List<ConsumerRecord<String, String>> present(Collection<String> sources) {
        read();
        return sources.stream()
                .flatMap(source -> bySource.getOrDefault(source, List.of()).stream())
                .distinct()
                .sorted(Comparator.comparingInt(Received::number))
                .map(Received::item)
                .toList();
    }

    private void read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(this::add);
        }
    }

    private void add(ConsumerRecord<String, String> item) {
        Received next = new Received(received++, item);
        SOURCE.matcher(item.value())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .forEach(source ->
                        bySource.computeIfAbsent(source, _ -> new ArrayList<>()).add(next));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
