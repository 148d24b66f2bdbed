package com.redhat.cloud.exports.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Forwarding;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** An outage of Kafka. On a database of its own, where no other replica relays, and with timers that do not run. */
@ServiceTest
@ContextConfiguration(initializers = UnreachableKafkaTests.NoKafka.class)
@TestPropertySource(properties = "EXPORT_EXPIRY_PERIOD=1h")
class UnreachableKafkaTests {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    /** Closed until a test opens it. */
    private static final int PORT = TestServers.freePort();

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    static final class NoKafka extends TestServers.Initializer {

        @Override
        protected Map<String, String> settings() {
            return Map.of(
                    "PGSQL_DATABASE",
                    TestServers.createDatabase("without_kafka"),
                    "KAFKA_BROKERS",
                    "localhost:" + PORT);
        }
    }

    @Test
    void exportsAreAcceptedAndSentOnceKafkaIsBackAndHealthSaysSo() throws IOException {
        Api.Export export = api.create("json", 2);
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> kafka("DEGRADED").body("components.kafka.details.since", matchesPattern("20.*Z")));
        api.create("json", 1);
        api.anyone(api.managementPort).get("/health").then().statusCode(200).body("status", equalTo("DEGRADED"));
        api.anyone(api.managementPort).get("/readyz").then().statusCode(200).body("status", equalTo("UP"));

        String[] real = TestServers.servers().environment().get("KAFKA_BROKERS").split(":");
        try (Forwarding _ = new Forwarding(PORT, real[0], Integer.parseInt(real[1]))) {
            try (RequestTopic topic = new RequestTopic()) {
                await().atMost(LONG_ENOUGH)
                        .until(() -> topic.present(export.sources()).size() == 2);
            }
            await().atMost(LONG_ENOUGH).untilAsserted(() -> kafka("UP"));
        }
    }

    private ValidatableResponse kafka(String status) {
        return api.anyone(api.managementPort)
                .get("/health/degraded")
                .then()
                .statusCode(200)
                .body("components.kafka.status", equalTo(status));
    }

    @Test
    void anExportIsGoneInTimeEvenIfNoTimerHasRun() {
        Instant end = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
        Api.Export export = api.create(
                Api.someone(), Api.request("json", 2).replace("\"name\"", "\"expires_at\":\"" + end + "\",\"name\""));
        api.upload(export, 0, "[1]").then().statusCode(202);
        await().until(() -> Instant.now().isAfter(end));
        api.status(export).then().statusCode(404);
        api.download(export).then().statusCode(404);
        api.list(export.identity(), "").then().body("meta.count", equalTo(0)).body("data.size()", equalTo(0));
        api.upload(export, 1, "[1]").then().statusCode(404);
        api.error(export, 1, "{\"message\":\"no\",\"error\":1}").then().statusCode(404);
        api.delete(export).then().statusCode(404);
        assertThat(database.sql("select count(*) from export_payloads where id = ?::uuid")
                        .param(export.id())
                        .query(Integer.class)
                        .single())
                .as("no timer has deleted it")
                .isOne();
    }
}
