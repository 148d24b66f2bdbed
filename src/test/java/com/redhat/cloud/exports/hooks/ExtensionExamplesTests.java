package com.redhat.cloud.exports.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/** The files in {@code examples/extensions}, copied to {@code routes/extensions}. */
@ServiceTest
@ContextConfiguration(initializers = ExtensionExamplesTests.Extended.class)
@TestPropertySource(properties = "EXPORT_ROUTES_DIRECTORY=" + ExtensionExamplesTests.ROUTES)
class ExtensionExamplesTests {

    static final String ROUTES = "target/routes-with-extensions";

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final String TOPIC = "completions";
    /** What Camel would decode, sort, or take for options of its own. */
    private static final String PATH =
            "/a%20b/%2F/exports;v=1?token=a%2Bb%26c&z=1&a=2&a=1&connectTimeout=7&httpMethod=GET&x=%25&y='()*!$@:,&e&f=";

    private static final byte[] KEY = "a key of the receiver's".getBytes(UTF_8);
    private static final Receiver RECEIVER = new Receiver();

    static {
        try {
            FileSystemUtils.deleteRecursively(Path.of(ROUTES));
            FileSystemUtils.copyRecursively(Path.of("examples/extensions"), Path.of(ROUTES, "extensions"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    static final class Extended extends TestServers.Initializer {

        @Override
        protected Map<String, String> settings() {
            String database = TestServers.createDatabase("extended");
            TestServers.database(database)
                    .sql(read(Path.of("examples/extensions/audit.sql")))
                    .update();
            createTopic();
            return Map.of(
                    "PGSQL_DATABASE",
                    database,
                    "EXPORT_HOOK_RETRY_AFTER",
                    "100ms",
                    "EXPORT_COMPLETION_TOPIC",
                    TOPIC,
                    "EXPORT_WEBHOOK_URL",
                    RECEIVER.url(),
                    "EXPORT_WEBHOOK_SECRET",
                    "whsec_" + Base64.getEncoder().encodeToString(KEY));
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void createTopic() {
            try (var admin = AdminClient.create(brokers())) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Map<String, Object> brokers() {
        return Map.of("bootstrap.servers", TestServers.servers().environment().get("KAFKA_BROKERS"));
    }

    record Delivery(String path, Map<String, List<String>> headers, byte[] body) {

        String header(String name) {
            return headers.get(name).getFirst();
        }
    }

    /** Refuses the first delivery of each message. */
    private static final class Receiver {

        private final HttpServer server;
        private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

        Receiver() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", this::receive);
            server.start();
        }

        String url() {
            return "http://localhost:" + server.getAddress().getPort() + PATH;
        }

        private void receive(HttpExchange exchange) throws IOException {
            try (exchange) {
                var delivery = new Delivery(
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        exchange.getRequestBody().readAllBytes());
                boolean known = deliveries.stream()
                        .anyMatch(other -> other.header("Webhook-id").equals(delivery.header("Webhook-id")));
                deliveries.add(delivery);
                exchange.sendResponseHeaders(known ? 204 : 503, -1);
            }
        }

        List<Delivery> of(Api.Export export) {
            return deliveries.stream()
                    .filter(delivery -> new String(delivery.body(), UTF_8).contains(export.id()))
                    .toList();
        }
    }

    @AfterAll
    static void stop() {
        RECEIVER.server.stop(0);
    }

    private Api.Export finished() {
        Api.Export export = api.create(Api.identity("org-extended", "ann"), Api.request("json", 1));
        api.upload(export, 0, "[1]").then().statusCode(202);
        return export;
    }

    @Test
    void aCloudEventReportsTheCompletion() throws Exception {
        Api.Export export = finished();
        try (var consumer = new KafkaConsumer<>(brokers(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            consumer.seekToBeginning(consumer.assignment());
            List<ConsumerRecord<String, String>> events = new ArrayList<>();
            await().atMost(LONG_ENOUGH).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(events::add);
                return events.stream().anyMatch(event -> export.id().equals(event.key()));
            });
            ConsumerRecord<String, String> event = events.stream()
                    .filter(each -> export.id().equals(each.key()))
                    .findFirst()
                    .orElseThrow();
            Map<String, String> headers = new HashMap<>();
            event.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
            JsonNode data = new JsonMapper().readTree(event.value());
            assertThat(headers)
                    .containsOnlyKeys(
                            "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "content-type")
                    .containsEntry("ce_specversion", "1.0")
                    .containsEntry("ce_type", "com.redhat.console.export-service.export-finished")
                    .containsEntry("ce_source", "urn:redhat:source:console:app:export-service")
                    .containsEntry("ce_subject", "urn:redhat:subject:export-service:export:" + export.id())
                    .containsEntry("ce_time", data.path("happened_at").asText())
                    .containsEntry("content-type", "application/json");
            assertThat(data.path("status").asText()).isEqualTo("complete");
            assertThat(data.at("/sources/0/status").asText()).isEqualTo("complete");
        }
    }

    @Test
    void aSignedWebhookIsRepeatedUntilItIsAccepted() throws Exception {
        Api.Export export = finished();
        await().atMost(LONG_ENOUGH).until(() -> RECEIVER.of(export).size() == 2);
        for (Delivery delivery : RECEIVER.of(export)) {
            assertThat(delivery.path()).isEqualTo(PATH);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            mac.update(
                    (delivery.header("Webhook-id") + "." + delivery.header("Webhook-timestamp") + ".").getBytes(UTF_8));
            assertThat(delivery.header("Webhook-signature"))
                    .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(delivery.body())));
            assertThat(Long.parseLong(delivery.header("Webhook-timestamp")))
                    .isCloseTo(Instant.now().getEpochSecond(), offset(60L));
            assertThat(delivery.header("Content-type")).startsWith("application/json");
            assertThat(delivery.headers().keySet())
                    .as("no header of the service")
                    .allMatch(name -> List.of(
                                    "Accept-encoding",
                                    "Connection",
                                    "Content-length",
                                    "Content-type",
                                    "Host",
                                    "Transfer-encoding",
                                    "User-agent",
                                    "Webhook-id",
                                    "Webhook-signature",
                                    "Webhook-timestamp")
                            .contains(name));
        }
        assertThat(RECEIVER.of(export))
                .extracting(delivery -> delivery.header("Webhook-id"))
                .containsOnly(RECEIVER.of(export).getFirst().header("Webhook-id"));
        assertThat(new JsonMapper()
                        .readTree(RECEIVER.of(export).getFirst().body())
                        .path("hook")
                        .asText())
                .isEqualTo("exportFinished");
        await().atMost(LONG_ENOUGH).until(() -> waiting(export, "webhook") == 0);
        assertThat(RECEIVER.of(export)).hasSize(2);
    }

    @Test
    void anAuditRowIsWrittenForEachAction() {
        Api.Export export = api.create(Api.identity("org-extended", "ann"), Api.request("json", 1));
        api.error(export, 0, "{\"message\":\"none\",\"error\":5}").then().statusCode(202);
        database.sql("update export_payloads set expires = now() where id = ?::uuid")
                .param(export.id())
                .update();
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(database.sql("""
                                        select concat_ws(' ', action, organization_id, username, status, application,
                                                         resource, source_status)
                                        from audit where export_id = ?::uuid order by happened_at, action desc""")
                                .param(export.id())
                                .query(String.class)
                                .list())
                        .containsExactly(
                                "exportCreated org-extended ann pending",
                                "sourceAnswered org-extended ann failed exampleApp exampleResource failed",
                                "exportFinished org-extended ann failed",
                                "exportExpired org-extended ann failed"));
    }

    private long waiting(Api.Export export, String extension) {
        return database.sql("select count(*) from hook_calls where export_id = ?::uuid and extension = ?")
                .param(export.id())
                .param(extension)
                .query(Long.class)
                .single();
    }
}
