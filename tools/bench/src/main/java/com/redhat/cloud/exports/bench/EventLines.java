package com.redhat.cloud.exports.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The time from the answer to a create until a source application has the request event. */
final class EventLines {

    private static final int PER_SECOND = 500;
    private static final int SECONDS = 6;
    private static final int MAX_OPEN = 64;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String SUBJECT = "urn:redhat:subject:export-service:request:";
    private static final int UUID_LENGTH = 36;

    private EventLines() {}

    static List<Line> lines() {
        return List.of(new Line("event-latency", 2, EventLines::latency));
    }

    private static Line.Run latency(Stage stage) throws Exception {
        var service = stage.service(Service.jvm("512m"));
        measure(stage, service, 4);
        return () -> measure(stage, service, SECONDS);
    }

    private static List<Measure> measure(Stage stage, Service service, int seconds) throws Exception {
        int count = PER_SECOND * seconds;
        Map<String, Long> consumed = HashMap.newHashMap(count);
        Map<String, Long> answered;
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", stage.servers().environment().get("KAFKA_BROKERS")),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(consumer.partitionsFor("platform.export.requests").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.seekToEnd(consumer.assignment());
            consumer.assignment().forEach(consumer::position);

            // Not on the common pool, whose only thread on two cores completes the client's answers.
            var creating = CompletableFuture.supplyAsync(
                    () -> create(service.publicApi("/exports"), count), Thread::startVirtualThread);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) + TIMEOUT.toNanos();
            while (consumed.size() < count) {
                if (System.nanoTime() > end || creating.isCompletedExceptionally()) {
                    throw new IllegalStateException("%d of %d events arrived".formatted(consumed.size(), count));
                }
                for (var event : consumer.poll(Duration.ofMillis(100))) {
                    int at = event.value().indexOf(SUBJECT) + SUBJECT.length();
                    consumed.put(event.value().substring(at, at + UUID_LENGTH), System.nanoTime());
                }
            }
            answered = creating.get();
        }
        // An event may arrive before the answer: then the latency is 0.
        var millis = answered.entrySet().stream()
                .map(export -> Math.max(0, (consumed.get(export.getKey()) - export.getValue()) / 1e6))
                .toList();
        return List.of(
                Measure.cost("202 to consumed, p50", "ms", Prober.percentile(millis, 0.5))
                        .goal(10),
                Measure.cost("202 to consumed, p99", "ms", Prober.percentile(millis, 0.99))
                        .goal(150));
    }

    /** Creates exports at a steady rate. @return when each was answered, by {@link System#nanoTime()} */
    private static Map<String, Long> create(URI exports, int count) {
        var request = HttpRequest.newBuilder(exports)
                .header("x-rh-identity", Seed.identity("creator"))
                .POST(HttpRequest.BodyPublishers.ofString(ApiLines.REQUEST))
                .build();
        Map<String, Long> answered = new ConcurrentHashMap<>();
        var open = new Semaphore(MAX_OPEN);
        List<CompletableFuture<?>> all = new ArrayList<>();
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            long due = System.nanoTime();
            for (int i = 0; i < count; i++, due += TimeUnit.SECONDS.toNanos(1) / PER_SECOND) {
                for (long wait; (wait = due - System.nanoTime()) > 0; ) {
                    LockSupport.parkNanos(wait);
                }
                open.acquireUninterruptibly();
                all.add(client.sendAsync(request, BodyHandlers.ofString())
                        .thenAccept(answer -> {
                            long now = System.nanoTime();
                            var id = answer.body().indexOf("\"id\":\"") + 6;
                            answered.put(answer.body().substring(id, id + UUID_LENGTH), now);
                        })
                        .whenComplete((nothing, failure) -> open.release()));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        }
        return answered;
    }
}
