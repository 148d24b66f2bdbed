package com.redhat.cloud.exports.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.redhat.cloud.exports.platform.database.SqlFile;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.Together;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Every request is announced once, whatever becomes of others. */
@ServiceTest
class RelayTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Autowired
    DataSource dataSource;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    void anEventThatIsTooLargeFailsItsSourceAndDelaysNoOther() {
        Api.Export tooLarge = api.create(
                Api.someone(),
                requestOfALargeEvent()
                        .replace("]}", ",{\"application\":\"exampleApp\",\"resource\":\"exampleResource\"}]}"));
        Api.Export next = api.create("json", 3);
        assertThat(announced(next)).hasSize(3);
        await().untilAsserted(() -> api.status(tooLarge)
                .then()
                .body("status", equalTo("running"))
                .body("sources[1].status", equalTo("pending"))
                .body("sources[0].status", equalTo("failed"))
                .body(
                        "sources[0].message",
                        equalTo("the request could not be sent to the application: it is too large")));
        try (RequestTopic topic = new RequestTopic()) {
            assertThat(topic.of(tooLarge.sources().subList(1, 2))).hasSize(1);
            assertThat(topic.present(tooLarge.sources().subList(0, 1))).isEmpty();
        }
    }

    @Test
    void anOperatorCanHaveARefusedEventSentAgain() {
        Api.Export export = api.create(Api.someone(), requestOfALargeEvent());
        String source = export.sources().getFirst();
        await().untilAsserted(() -> assertThat(refused(source)).hasSize(1));
        assertThat(refused(source).getFirst())
                .containsEntry("application", "exampleApp")
                .containsEntry("status", "failed")
                .hasEntrySatisfying(
                        "bytes", bytes -> assertThat((Integer) bytes).isGreaterThan(1024 * 1024))
                .hasEntrySatisfying(
                        "reason", reason -> assertThat((String) reason).contains("max.request.size"))
                .hasEntrySatisfying("refused_at", time -> assertThat(time).isNotNull())
                .doesNotContainKeys("identity", "event");
        api.status(export).then().body("status", equalTo("failed"));
        await().atMost(Duration.ofSeconds(30)).until(() -> metric("export_service_requests_dead_lettered") > 0);

        assertThat(retry(source)).isEqualTo("the request will be sent again");
        await().untilAsserted(() ->
                assertThat(refused(source)).as("it is still too large").hasSize(1));
        await().untilAsserted(() -> api.status(export).then().body("status", equalTo("failed")));

        database.sql("update outbox set event = replace(event, repeat('x', 1000), '') where source_id = ?::uuid")
                .param(source)
                .update();
        assertThat(Together.call(() -> retry(source), () -> retry(source)))
                .containsExactlyInAnyOrder(
                        "the request will be sent again", "no request event of this source is refused");
        assertThat(announced(export)).hasSize(1);
        api.status(export)
                .then()
                .body("status", equalTo("pending"))
                .body("completed_at", nullValue())
                .body("sources[0].status", equalTo("pending"))
                .body("sources[0].message", nullValue());
        api.list(export.identity(), "?status=pending").then().body("meta.count", equalTo(1));
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.status(export).then().body("status", equalTo("complete"));
        assertThat(retry(source)).isEqualTo("no request event of this source is refused");
    }

    @Test
    void aRefusedEventIsDeletedWithItsExport() {
        Api.Export export = api.create(Api.someone(), requestOfALargeEvent());
        String source = export.sources().getFirst();
        await().until(() -> !refused(source).isEmpty());
        api.delete(export).then().statusCode(200);
        assertThat(waiting(export.sources())).isZero();
        assertThat(retry(source)).isEqualTo("there is no such source, or its export has expired");
    }

    private List<Map<String, Object>> refused(String source) {
        return database.sql("select * from refused_requests where source_id = ?::uuid")
                .param(source)
                .query()
                .listOfRows();
    }

    private String retry(String source) {
        return database.sql("select retry_refused_request(?::uuid)")
                .param(source)
                .query(String.class)
                .single();
    }

    private double metric(String name) {
        return api.anyone(api.managementPort)
                .get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    /** Its source can no longer fail, which must not make the relay retry for ever. */
    @Test
    void anEventThatIsTooLargeOfAnExpiredExportDelaysNoOther() {
        Api.Export expired = api.create(Api.someone(), requestOfALargeEvent());
        String source = expired.sources().getFirst();
        await().until(() -> !refused(source).isEmpty());
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            assertThat(retry(source)).isEqualTo("the request will be sent again");
            database.sql("update export_payloads set expires = now() where id = ?::uuid")
                    .param(expired.id())
                    .update();
        });
        assertThat(announced(api.create("json", 2))).hasSize(2);
        await().until(() -> waiting(expired.sources()) == 0);
    }

    @Test
    void concurrentExportsAreAnnouncedOnceEach() {
        List<Callable<Api.Export>> creates = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> creates.add(() -> api.create("json", 5)));
        List<String> sources = Together.call(creates).stream()
                .flatMap(export -> export.sources().stream())
                .toList();
        try (RequestTopic topic = new RequestTopic()) {
            topic.of(sources);
            await().until(() -> waiting(sources) == 0);
            assertThat(topic.present(sources)).hasSize(300);
        }
    }

    private long waiting(List<String> sources) {
        return database.sql("select count(*) from outbox where source_id = any(?::uuid[])")
                .param(sources.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    /** Its id is lower than those of events sent meanwhile. */
    @Test
    void anEventThatIsCommittedLateIsSent() throws SQLException {
        String late = UUID.randomUUID().toString();
        try (Connection slow = dataSource.getConnection()) {
            slow.setAutoCommit(false);
            try (PreparedStatement insert = slow.prepareStatement(
                    "insert into outbox (source_id, application, identity, event) values (?, 'exampleApp', 'i', ?)")) {
                insert.setObject(1, UUID.fromString(late));
                insert.setString(2, "{\"uuid\":\"" + late + "\"}");
                insert.executeUpdate();
            }
            // The relay claims from the first id once a second.
            long start = System.nanoTime();
            do {
                assertThat(announced(api.create("json", 1))).hasSize(1);
            } while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(3));
            slow.commit();
        }
        try (RequestTopic topic = new RequestTopic()) {
            assertThat(topic.of(List.of(late))).hasSize(1);
        }
    }

    /** Five replicas claim different events, in order, and none that is leased. */
    @Test
    void twoRelaysNeverClaimTheSameEvent() {
        String claim = SqlFile.read("outbox/claim").replace("outbox", "outbox_of_this_test");
        database.sql("create table outbox_of_this_test (like outbox including defaults including identity)")
                .update();
        try {
            database.sql("""
                    insert into outbox_of_this_test (source_id, application, identity, event)
                    select gen_random_uuid(), 'a', 'i', repeat('x', case when n % 50 = 0 then 900 else 9 end)
                    from generate_series(1, 200) n""").update();
            Callable<List<Long>> relay = () -> database.sql(claim)
                    .param("after", 0)
                    .param("limit", 100)
                    .param("bytes", 500)
                    .param("leaseSeconds", 60)
                    .query((row, number) -> row.getLong("id"))
                    .list();
            List<Long> claimed = new ArrayList<>();
            List<List<Long>> round;
            do {
                round = Together.call(List.of(relay, relay, relay, relay, relay));
                round.forEach(claimed::addAll);
            } while (round.stream().anyMatch(ids -> !ids.isEmpty()));
            assertThat(claimed).hasSize(200).doesNotHaveDuplicates();

            database.sql("update outbox_of_this_test set leased_until = now()").update();
            database.sql("update outbox_of_this_test set refused = 'for a reason' where id <> 50 and id <> 51")
                    .update();
            assertThat(Together.call(List.of(relay)).getFirst())
                    .as("of the expired leases, the large event alone")
                    .containsExactly(50L);
        } finally {
            database.sql("drop table outbox_of_this_test").update();
        }
    }

    private static List<String> announced(Api.Export export) {
        try (RequestTopic topic = new RequestTopic()) {
            return topic.of(export.sources()).stream().map(item -> item.value()).toList();
        }
    }

    /** Kafka accepts records of 1 MiB; the event is larger than the request. */
    private static String requestOfALargeEvent() {
        String filters = "{\"a\":\"%s\"}".formatted("x".repeat(1024 * 1024 - 300));
        return Api.request(
                "json",
                "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":%s}".formatted(filters));
    }
}
