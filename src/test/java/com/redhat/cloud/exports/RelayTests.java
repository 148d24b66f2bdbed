package com.redhat.cloud.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.config.SqlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every request is announced once, whatever the others are like. */
@ServiceTest
class RelayTests {

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Test
    void anEventThatIsTooLargeFailsItsSourceAndHoldsUpNobody() {
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

    /** Its source takes no failure any more, which must not make the relay try for ever. */
    @Test
    void anEventThatIsTooLargeOfAnExportThatHasExpiredHoldsUpNobody() {
        api.create(
                Api.someone(),
                requestOfALargeEvent().replace("{\"name\"", "{\"expires_at\":\"2020-01-01T00:00:00Z\",\"name\""));
        assertThat(announced(api.create("json", 2))).hasSize(2);
    }

    @Test
    void manyExportsAtOnceAreAnnouncedOnceEach() {
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

    /** As five replicas do: each takes other events, in their order, and none while the lease lasts. */
    @Test
    void twoRelaysNeverHaveTheSameEvent() {
        String claim = SqlFile.read("event/claim").replace("outbox", "outbox_of_this_test");
        database.sql("create table outbox_of_this_test (like outbox including defaults including identity)")
                .update();
        try {
            database.sql("""
                    insert into outbox_of_this_test (source_id, application, identity, event)
                    select gen_random_uuid(), 'a', 'i', repeat('x', case when n % 50 = 0 then 900 else 9 end)
                    from generate_series(1, 200) n""").update();
            Callable<List<Long>> relay = () -> database.sql(claim)
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
                    .as("whose lease has run out, the large one alone")
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

    /** Kafka takes a record of 1 MiB; the event holds more than the request did. */
    private static String requestOfALargeEvent() {
        String filters = "{\"a\":\"%s\"}".formatted("x".repeat(1024 * 1024 - 300));
        return Api.request(
                "json",
                "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":%s}".formatted(filters));
    }
}
