package com.redhat.cloud.exports.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.servers.LocalServers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends request events as the export service does, all to one partition, so that a blocked one is noticed. */
final class RequestSender implements AutoCloseable {

    private final KafkaProducer<String, String> producer;

    RequestSender(String brokers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer());
    }

    void send(ExportRequest request) {
        send(request.application(), request.event());
    }

    void send(String application, JsonNode event) {
        send(application, event.toString());
    }

    /**
     * @param application the record's header
     * @param value of the record
     */
    void send(String application, @Nullable String value) {
        send(application, value, Map.of());
    }

    /** With more headers than the service sends. */
    void send(String application, @Nullable String value, Map<String, String> headers) {
        var message = new ProducerRecord<String, String>(LocalServers.TOPIC, 0, null, value);
        message.headers().add("application", application.getBytes(StandardCharsets.UTF_8));
        message.headers().add("x-rh-identity", "e30=".getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot send an event", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
