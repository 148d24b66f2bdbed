package com.redhat.cloud.exports.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.servers.LocalServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A source application that sends results but makes every mistake. */
final class CarelessSource implements AutoCloseable {

    private final Map<String, String> environment;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
    private volatile boolean ended;
    private int answers;

    CarelessSource(Map<String, String> environment) {
        this.environment = environment;
        thread.start();
    }

    private void run() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                environment.get("KAFKA_BROKERS"),
                "group.id",
                "careless-" + System.nanoTime(),
                "auto.offset.reset",
                "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(LocalServers.TOPIC));
            while (!ended) {
                for (var each : consumer.poll(Duration.ofMillis(50))) {
                    answer(each.value());
                }
            }
        }
    }

    private void answer(String event) {
        try {
            JsonNode request = new ObjectMapper().readTree(event).at("/data/resource_request");
            int status = 0;
            for (int attempt = 0; attempt < 5 && status != 202; attempt++) {
                status = post(request);
            }
        } catch (IOException | IllegalArgumentException notARequest) {
            answers++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int post(JsonNode request) throws IOException, InterruptedException {
        var path = "/app/export/v1/%s/%s/%s/upload"
                .formatted(
                        request.path("export_request_uuid").asText(),
                        request.path("application").asText(),
                        request.path("uuid").asText());
        var post = HttpRequest.newBuilder(URI.create(environment.get("EXPORT_SERVICE_URL") + path))
                .header("x-rh-exports-psk", environment.get("EXPORT_SERVICE_PSK"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[" + ++answers + "]"))
                .build();
        return client.send(post, BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
        client.close();
    }
}
