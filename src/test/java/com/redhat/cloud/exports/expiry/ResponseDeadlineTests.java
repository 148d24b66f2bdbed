package com.redhat.cloud.exports.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** A source without a result is announced again and then fails. On a database of its own, as other tests wait longer. */
@ServiceTest
@ContextConfiguration(initializers = ResponseDeadlineTests.OwnDatabase.class)
@TestPropertySource(properties = {"EXPORT_RESPONSE_DEADLINE=8s", "EXPORT_REMINDERS=2", "EXPORT_REMINDER_AFTER=1s"})
class ResponseDeadlineTests {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    static final class OwnDatabase extends TestServers.Initializer {

        @Override
        protected Map<String, String> settings() {
            return Map.of("PGSQL_DATABASE", TestServers.createDatabase("response_deadline"));
        }
    }

    @Test
    void aSourceWithoutAResultIsRemindedAndThenFails() {
        Api.Export export = api.create("json", 2);
        api.upload(export, 0, "[1]").then().statusCode(202);
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> api.status(export)
                        .then()
                        .body("status", equalTo("partial"))
                        .body("sources[0].status", equalTo("complete"))
                        .body("sources[1].status", equalTo("failed"))
                        .body("sources[1].error", equalTo(504))
                        .body("sources[1].message", equalTo("the application did not answer in time")));
        assertThat(events(export, 1))
                .as("one event and two identical reminders")
                .hasSize(3)
                .containsOnly(events(export, 1).getFirst());
        assertThat(events(export, 0)).as("answered at once").hasSize(1);
        assertThat(remembered(export)).isZero();
        api.upload(export, 1, "[2]").then().statusCode(410);
    }

    @Test
    void aResultAfterAReminderIsAccepted() {
        Api.Export export = api.create("json", 1);
        await().atMost(LONG_ENOUGH).until(() -> events(export, 0).size() > 1);
        api.error(export, 0, "{\"message\":\"none\",\"error\":5}").then().statusCode(202);
        api.status(export).then().body("sources[0].error", equalTo(5));
        await().atMost(LONG_ENOUGH).until(() -> remembered(export) == 0);
    }

    @Test
    void noReminderIsSentForADeletedExport() {
        Api.Export export = api.create("json", 1);
        assertThat(events(export, 0)).hasSize(1);
        api.delete(export).then().statusCode(200);
        Api.Export later = api.create("json", 1);
        await().atMost(LONG_ENOUGH).until(() -> events(later, 0).size() == 3);
        assertThat(events(export, 0)).hasSize(1);
        assertThat(remembered(export)).isZero();
    }

    @Test
    void theIdentityIsDeletedWithTheLastReminder() {
        Api.Export export = api.create("json", 1);
        await().until(() -> knowing(export) == 1);
        await().atMost(LONG_ENOUGH).until(() -> events(export, 0).size() == 3);
        await().until(() -> knowing(export) == 0);
        api.status(export).then().body("status", equalTo("pending"));
        assertThat(remembered(export)).as("awaits a response").isOne();
    }

    /** Counts rows of all tables that contain the identity of the request. */
    private long knowing(Api.Export export) {
        String header = export.identity();
        return database.sql("""
                        select (select count(*) from outbox t where t::text like :header)
                             + (select count(*) from awaiting_response t where t::text like :header)
                             + (select count(*) from export_payloads t where t::text like :header)
                             + (select count(*) from sources t where t::text like :header)
                             + (select count(*) from idempotency_keys t where t::text like :header)""")
                .param("header", "%" + header + "%")
                .query(Long.class)
                .single();
    }

    private long remembered(Api.Export export) {
        return database.sql("""
                        select (select count(*) from awaiting_response where source_id = any(:sources::uuid[]))
                             + (select count(*) from outbox where source_id = any(:sources::uuid[]))""")
                .param("sources", export.sources().toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    private static List<String> events(Api.Export export, int source) {
        try (RequestTopic topic = new RequestTopic()) {
            return topic.of(List.of(export.sources().get(source))).stream()
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }
}
