package com.redhat.cloud.exports.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Replica;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import com.redhat.cloud.exports.testing.Together;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Handler;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** Calls of routes that teams add. On a database of its own, as other tests have no hooks. */
@ServiceTest
@ContextConfiguration(initializers = HookTests.OwnDatabase.class)
@Import({HookTests.Recorder.class, HookTests.Extension.class})
@TestPropertySource(properties = {"EXPORT_HOOK_ATTEMPTS=3", "EXPORT_HOOK_RETRY_AFTER=100ms", "EXPORT_HOOK_TIMEOUT=5s"})
class HookTests {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Autowired
    CamelContext camel;

    @Autowired
    Recorder recorder;

    static final class OwnDatabase extends TestServers.Initializer {

        @Override
        protected Map<String, String> settings() {
            return Map.of("PGSQL_DATABASE", TestServers.createDatabase("hooks"));
        }
    }

    /** A route for each hook, as in a file in {@code routes/extensions}. */
    static final class Extension extends RouteBuilder {

        @Override
        public void configure() {
            for (String hook : List.of("exportCreated", "sourceAnswered", "exportFinished", "exportExpired")) {
                from("direct:" + hook).routeId(hook).bean("recorder");
                from("direct:" + hook + ".other").routeId("other-" + hook).bean("recorder", "other");
            }
        }
    }

    record Call(String callId, String hook, int attempt, Map<String, Object> body, Map<String, Object> headers) {}

    /** Records its calls, and behaves as the export's name says. */
    @TestComponent("recorder")
    public static final class Recorder {

        private final Map<String, Queue<Call>> calls = new ConcurrentHashMap<>();
        private final Map<String, CountDownLatch> holds = new ConcurrentHashMap<>();

        @Handler
        public void keep(
                @Variable("callId") String callId,
                @Variable("hook") String hook,
                @Variable("exportId") String exportId,
                @Variable("attempt") int attempt,
                @Body Map<String, Object> body,
                @Headers Map<String, Object> headers)
                throws InterruptedException {
            calls.computeIfAbsent(exportId, _ -> new ConcurrentLinkedQueue<>())
                    .add(new Call(callId, hook, attempt, body, Map.copyOf(headers)));
            String name = String.valueOf(body.get("name"));
            if (name.equals("fails always") || name.equals("fails at first") && attempt < 3) {
                throw new IllegalStateException("as its name says");
            }
            CountDownLatch hold = holds.get(name);
            if (hold != null && !hold.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("was not let go");
            }
        }

        public void other(@Variable("exportId") String exportId, @Variable("hook") String hook) {
            calls.computeIfAbsent("other " + exportId, _ -> new ConcurrentLinkedQueue<>())
                    .add(new Call("", hook, 1, Map.of(), Map.of()));
        }

        List<Call> of(String exportId) {
            return List.copyOf(calls.getOrDefault(exportId, new ConcurrentLinkedQueue<>()));
        }

        List<String> hooks(String exportId) {
            return of(exportId).stream().map(Call::hook).toList();
        }

        /** Blocks calls for exports of this name until the latch is counted down. */
        CountDownLatch hold(String name) {
            return holds.computeIfAbsent(name, _ -> new CountDownLatch(1));
        }
    }

    private Api.Export create(String name, int sources) {
        return api.create(Api.someone(), Api.request("json", sources).replace("\"Example\"", "\"" + name + "\""));
    }

    private void awaitHooks(Api.Export export, String... hooks) {
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(recorder.hooks(export.id())).containsExactly(hooks));
    }

    @Test
    void eachEventIsReportedOnceAndInOrder() {
        Api.Export export = api.create(Api.identity("org-of-hooks", "ann"), Api.request("json", 2));
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.error(export, 1, "{\"message\":\"none\",\"error\":5}").then().statusCode(202);
        database.sql("update export_payloads set expires = now() where id = ?::uuid")
                .param(export.id())
                .update();
        awaitHooks(export, "exportCreated", "sourceAnswered", "sourceAnswered", "exportFinished", "exportExpired");
        await().atMost(LONG_ENOUGH).until(() -> waiting(export) == 0);

        List<Call> calls = recorder.of(export.id());
        assertThat(calls).extracting(Call::callId).doesNotHaveDuplicates();
        assertThat(calls).extracting(Call::attempt).containsOnly(1);
        assertThat(calls).extracting(Call::headers).containsOnly(Map.of());
        assertThat(calls.toString()).doesNotContain(export.identity());
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.body())
                        .containsEntry("hook", call.hook())
                        .containsEntry("id", export.id())
                        .containsEntry("name", "Example")
                        .containsEntry("format", "json")
                        .containsEntry("organization_id", "org-of-hooks")
                        .containsEntry("account_id", "")
                        .containsEntry("username", "ann")
                        .containsKeys("happened_at", "created_at", "expires_at"));
        assertThat(calls)
                .extracting(call -> call.body().get("status"))
                .containsExactly("pending", "running", "partial", "partial", "partial");
        Map<String, Object> delivered = source(export, 0, "complete", "size", 3);
        Map<String, Object> failed = source(export, 1, "failed", "error", 5, "message", "none");
        assertThat(calls.get(0).body())
                .containsEntry("sources", List.of(source(export, 0, "pending"), source(export, 1, "pending")))
                .doesNotContainKeys("source", "completed_at");
        assertThat(calls.get(1).body()).containsEntry("source", delivered).doesNotContainKeys("sources");
        assertThat(calls.get(2).body()).containsEntry("source", failed).containsKey("completed_at");
        for (Call call : calls.subList(3, 5)) {
            assertThat(call.body())
                    .containsEntry("sources", List.of(delivered, failed))
                    .containsKey("completed_at");
        }
        assertThat(recorder.hooks("other " + export.id())).isEqualTo(recorder.hooks(export.id()));
    }

    /** Stored ones may be longer than the service accepts now. */
    @Test
    void longMessagesShareALimit() {
        Api.Export export = api.create("json", 33);
        database.sql("""
                        update sources set status = 'failed', code = 1, message = repeat('m', 1000000)
                        where export_payload_id = :export::uuid and id <> :last::uuid""")
                .param("export", export.id())
                .param("last", export.sources().getLast())
                .update();
        api.upload(export, 32, "[1]").then().statusCode(202);
        awaitHooks(export, "exportCreated", "sourceAnswered", "exportFinished");

        assertThat((List<?>) recorder.of(export.id()).getLast().body().get("sources"))
                .hasSize(33)
                .filteredOn(source -> ((Map<?, ?>) source).containsKey("message"))
                .hasSize(32)
                .extracting(
                        source -> ((Map<?, ?>) source).get("message").toString().length())
                .containsOnly(1024 * 1024 / 32);
    }

    private static Map<String, Object> source(Api.Export export, int source, String status, Object... more) {
        Map<String, Object> expected = new HashMap<>(Map.of(
                "id",
                export.sources().get(source),
                "application",
                Api.APPLICATION,
                "resource",
                Api.RESOURCE,
                "status",
                status));
        for (int i = 0; i < more.length; i += 2) {
            expected.put((String) more[i], more[i + 1]);
        }
        return expected;
    }

    @Test
    void aRepeatedRequestWithAnIdempotencyKeyIsReportedOnce() {
        String identity = Api.someone();
        List<String> ids = List.of("first", "second").stream()
                .map(_ -> api.as(identity)
                        .contentType("application/json")
                        .header("Idempotency-Key", "of-hooks")
                        .body(Api.request("json", 1))
                        .post(Api.EXPORTS)
                        .<String>path("id"))
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        await().atMost(LONG_ENOUGH).until(() -> waiting(new Api.Export(identity, ids.getFirst(), List.of())) == 0);
        assertThat(recorder.hooks(ids.getFirst())).containsExactly("exportCreated");
    }

    @Test
    void aFailedCallIsRetriedBeforeTheNextOneOfTheExport() {
        Api.Export export = create("fails at first", 1);
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.status(export).then().body("status", equalTo("complete"));
        await().atMost(LONG_ENOUGH).until(() -> recorder.of(export.id()).size() == 9);
        assertThat(recorder.of(export.id()))
                .extracting(call -> call.hook() + call.attempt())
                .containsExactly(
                        "exportCreated1",
                        "exportCreated2",
                        "exportCreated3",
                        "sourceAnswered1",
                        "sourceAnswered2",
                        "sourceAnswered3",
                        "exportFinished1",
                        "exportFinished2",
                        "exportFinished3");
        assertThat(recorder.of(export.id()).stream().map(Call::callId).distinct())
                .hasSize(3);
        await().atMost(LONG_ENOUGH).until(() -> waiting(export) == 0);
    }

    /** Concurrent results are recorded in one transaction, and still reported one by one. */
    @Test
    void eachCallShowsTheExportAfterThatResult() {
        Api.Export export = create("answered at once", 6);
        assertThat(Together.call(IntStream.range(0, 6)
                        .<Callable<Integer>>mapToObj(source ->
                                () -> api.upload(export, source, "[1]").statusCode())
                        .toList()))
                .containsOnly(202);
        await().atMost(LONG_ENOUGH).until(() -> recorder.hooks(export.id()).size() == 8);
        assertThat(recorder.of(export.id()))
                .extracting(call -> call.hook() + " " + call.body().get("status"))
                .containsExactly(
                        "exportCreated pending",
                        "sourceAnswered running",
                        "sourceAnswered running",
                        "sourceAnswered running",
                        "sourceAnswered running",
                        "sourceAnswered running",
                        "sourceAnswered complete",
                        "exportFinished complete");
    }

    @Test
    void aCallThatKeepsFailingIsGivenUpAndCounted() {
        double before = givenUp();
        Api.Export export = create("fails always", 1);
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(database.sql(
                                        "select given_up from hook_calls where export_id = ?::uuid and attempts = 3")
                                .param(export.id())
                                .query(String.class)
                                .list())
                        .containsExactly("as its name says"));
        await().atMost(LONG_ENOUGH).until(() -> givenUp() >= before + 1);
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.status(export).then().body("status", equalTo("complete"));
        api.download(export).then().statusCode(200);
        await().atMost(LONG_ENOUGH)
                .until(() -> recorder.hooks("other " + export.id()).size() == 3);
    }

    private double givenUp() {
        return api.anyone(api.managementPort)
                .get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("export_service_hook_calls_seconds_count{")
                        && line.contains("extension=\"\"")
                        && line.contains("hook=\"exportCreated\"")
                        && line.contains("outcome=\"given_up\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void anExtensionThatHangsDelaysNeitherExportsNorEventsNorOtherExtensions() {
        CountDownLatch hold = recorder.hold("hangs");
        try {
            List<Api.Export> hanging = List.of(
                    create("hangs", 1), create("hangs", 1), create("hangs", 1), create("hangs", 1), create("hangs", 1));
            await().atMost(LONG_ENOUGH)
                    .until(() -> hanging.stream()
                                    .filter(export -> !recorder.of(export.id()).isEmpty())
                                    .count()
                            >= 4);
            Api.Export export = create("hangs", 1);
            try (RequestTopic topic = new RequestTopic()) {
                assertThat(topic.of(export.sources())).hasSize(1);
            }
            api.upload(export, 0, "[1]").then().statusCode(202);
            api.status(export).then().body("status", equalTo("complete"));
            await().atMost(LONG_ENOUGH)
                    .until(() -> recorder.hooks("other " + export.id()).size() == 3);
        } finally {
            hold.countDown();
        }
    }

    /** As if the replica with the call had died or hung. */
    @Test
    void aCallWithAnExpiredLeaseIsMadeAgain() {
        CountDownLatch hold = recorder.hold("is lost");
        try {
            Api.Export export = create("is lost", 1);
            awaitHooks(export, "exportCreated");
            database.sql("update hook_calls set due = now() where export_id = ?::uuid")
                    .param(export.id())
                    .update();
            await().atMost(LONG_ENOUGH).until(() -> recorder.of(export.id()).size() > 1);
            List<Call> calls = recorder.of(export.id());
            assertThat(calls.get(1).callId()).isEqualTo(calls.get(0).callId());
            assertThat(calls.get(1).attempt()).isEqualTo(2);
        } finally {
            hold.countDown();
        }
    }

    @Test
    void aCallThatTakesTooLongIsInterruptedAndRetried() {
        CountDownLatch hold = recorder.hold("takes too long");
        try {
            Api.Export export = create("takes too long", 1);
            await().atMost(LONG_ENOUGH).until(() -> recorder.of(export.id()).size() == 2);
            assertThat(recorder.of(export.id()).get(1).attempt()).isEqualTo(2);
        } finally {
            hold.countDown();
        }
    }

    @Test
    void subscriptionsWithoutARouteExpireAfterAnHour() {
        database.sql("""
                        insert into hook_subscriptions (hook, extension, seen_at)
                        values ('exportCreated', 'gone', now() - interval '59 minutes')""").update();
        Api.Export export = create("Example", 1);
        assertThat(waitingFor(export, "gone")).isEqualTo(1);
        awaitHooks(export, "exportCreated");
        assertThat(waitingFor(export, "gone")).isEqualTo(1);
        database.sql("update hook_subscriptions set seen_at = now() - interval '61 minutes' where extension = 'gone'")
                .update();
        await().atMost(LONG_ENOUGH).until(() -> waitingFor(export, "gone") == 0);
        assertThat(waitingFor(create("Example", 1), "gone")).isZero();
    }

    /** A route that is added at run time subscribes from then on. */
    @Test
    void aReplicaWithoutTheRouteAddsCallsForOneWithIt() throws Exception {
        try (var replica = new Replica("PGSQL_DATABASE=hooks")) {
            Api.Export before = replica.api().create("json", 1);
            awaitHooks(before, "exportCreated");
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:exportCreated.late").routeId("late").bean("recorder", "other");
                }
            });
            await().atMost(LONG_ENOUGH)
                    .until(() -> recorder.hooks("other "
                                            + replica.api().create("json", 1).id())
                                    .size()
                            == 2);
            camel.getRouteController().stopRoute("late");
            camel.removeRoute("late");
        }
    }

    /** Counts calls of {@link Extension}; other routes come and go. */
    private long waiting(Api.Export export) {
        return database.sql("""
                        select count(*) from hook_calls
                        where export_id = ?::uuid and extension in ('', 'other') and given_up is null""").param(export.id()).query(Long.class).single();
    }

    private long waitingFor(Api.Export export, String extension) {
        return database.sql("select count(*) from hook_calls where export_id = ?::uuid and extension = ?")
                .param(export.id())
                .param(extension)
                .query(Long.class)
                .single();
    }
}
