package com.redhat.cloud.exports.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The source applications: they read every record of the topic, and send the results of the plan. */
final class Applications implements AutoCloseable {

    private static final int AT_ONCE = 48;
    private static final int STALL = 6_000;
    /** Neither JSON nor CSV of any dialect: the quotes never end. */
    private static final byte[] INVALID = "\"[1, 2".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static final byte[] ERROR_REPORT = "{\"message\":\"no such data\",\"error\":%d}"
            .formatted(Sources.ERROR)
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Settings settings;
    private final Clients clients;
    private final Sources sources;
    private final Ledger ledger;
    private final KafkaConsumer<String, String> consumer;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final AtomicInteger active = new AtomicInteger();
    private volatile boolean stopped;

    Applications(Settings settings, Stage stage, Clients clients, Sources sources, Ledger ledger) {
        this.settings = settings;
        this.clients = clients;
        this.sources = sources;
        this.ledger = ledger;
        this.consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", stage.serviceEnvironment().get("KAFKA_BROKERS"),
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    void start(String topic) {
        Thread.ofPlatform().daemon().name("applications").start(() -> {
            var partitions = List.of(0, 1, 2).stream()
                    .map(number -> new TopicPartition(topic, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped) {
                try {
                    consumer.poll(Duration.ofMillis(200)).forEach(this::read);
                } catch (KafkaException unreachable) {
                    ledger.count("polls of the topic that failed");
                }
            }
            consumer.close();
        });
    }

    int active() {
        return active.get();
    }

    private void read(ConsumerRecord<String, String> record) {
        try {
            var event = Clients.JSON.readTree(record.value());
            var request = event.path("data").path("resource_request");
            var source = source(request);
            var first = ledger.announced(new Ledger.Announcement(
                    source.exportId(),
                    source.id(),
                    event.path("id").asText(),
                    Instant.ofEpochMilli(record.timestamp())));
            if (first) {
                sources.add(source);
                active.incrementAndGet();
                Thread.ofVirtual().start(() -> answer(source));
            }
        } catch (IOException | RuntimeException e) {
            ledger.violation("a record that nobody can read: %s: %s".formatted(e, record.value()));
        }
    }

    private Sources.Source source(JsonNode request) throws IOException {
        var identity = Clients.JSON.readTree(
                Base64.getDecoder().decode(request.path("x-rh-identity").textValue()));
        var tenant = Integer.parseInt(
                identity.path("identity").path("org_id").textValue().substring(3));
        var filters = request.path("filters");
        var plan = Plan.of(settings.seed(), filters.path("export").intValue());
        if (plan.tenant() != tenant) {
            throw new IOException("the tenant of the event is not that of its export");
        }
        return new Sources.Source(
                UUID.fromString(request.path("uuid").textValue()),
                UUID.fromString(request.path("export_request_uuid").textValue()),
                tenant,
                request.path("format").textValue(),
                plan.sources().get(filters.path("source").intValue()));
    }

    private void answer(Sources.Source source) {
        try {
            turns.acquire();
            try {
                deliver(source);
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            ledger.violation("source %s: %s".formatted(source.id(), e));
        } finally {
            active.decrementAndGet();
        }
    }

    private void deliver(Sources.Source source) throws InterruptedException {
        var one = clients.any();
        var other = clients.other(one);
        switch (source.plan().answer()) {
            case UPLOAD -> upload(one, source, 0, 0);
            case ERROR -> report(one, source);
            case TWO_UPLOADS -> together(() -> upload(one, source, 0, 0), () -> upload(other, source, 1, 0));
            case SAME_UPLOAD_TWICE -> together(() -> upload(one, source, 0, 0), () -> upload(other, source, 0, 0));
            case UPLOAD_AGAINST_ERROR -> together(() -> upload(one, source, 0, 0), () -> report(other, source));
            case BROKEN_UPLOAD -> {
                clients.breakOff(one, source.path("upload"), source.payload(0).bytes());
                upload(other, source, 0, 0);
            }
            case STALLED_UPLOAD -> upload(one, source, 0, STALL);
            case INVALID_UPLOAD -> {
                refuse(one, source);
                upload(one, source, 0, 0);
            }
            case NONE -> ledger.count("sources that nobody answered");
        }
    }

    private void upload(Replica first, Sources.Source source, int candidate, int pause) throws InterruptedException {
        var body = source.payload(candidate).bytes();
        untilAnswered(first, source, source.path("upload"), Payload.sha256(body), body, pause);
    }

    private void report(Replica first, Sources.Source source) throws InterruptedException {
        untilAnswered(first, source, source.path("error"), "error " + Sources.ERROR, ERROR_REPORT, 0);
    }

    /** Retries while there is no answer or a 5xx, as applications do. */
    private void untilAnswered(
            Replica first, Sources.Source source, String path, String candidate, byte[] body, int pause)
            throws InterruptedException {
        var replica = first;
        for (int attempt = 0; !clients.isEnded() && !ledger.isDeleted(source.exportId()); attempt++) {
            var reply = clients.application(replica, path, body, attempt == 0 ? pause : 0);
            if (reply != null && reply.status() < 500) {
                switch (reply.status()) {
                    case 202 -> ledger.acknowledged(source.id(), candidate);
                    case 404, 410 -> ledger.count("answers that came too late");
                    default ->
                        ledger.violation("a good answer of source %s got %d: %s"
                                .formatted(source.id(), reply.status(), reply.text()));
                }
                return;
            }
            replica = clients.any();
            Clients.pause(attempt);
        }
    }

    private void refuse(Replica replica, Sources.Source source) {
        var reply = clients.application(replica, source.path("upload"), INVALID, 0);
        if (reply != null && reply.status() == 202) {
            ledger.violation("an upload that is not of the format was accepted: source " + source.id());
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private void together(Step one, Step other) throws InterruptedException {
        var second = Thread.ofVirtual().start(() -> {
            try {
                other.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        one.run();
        second.join();
    }

    @Override
    public void close() {
        stopped = true;
    }
}
