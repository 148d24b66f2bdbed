package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Replica;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.Together;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A repeated request with the same key makes nothing new. */
@ServiceTest
class IdempotencyKeyTests {

    private static final String REQUEST = Api.request("json", 2);
    private static final Executor THREADS = Thread::startVirtualThread;

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Autowired
    PlatformTransactionManager transactions;

    private final String identity = Api.someone();
    private final String key = UUID.randomUUID().toString();

    @Test
    void theSameRequestIsAnsweredWithTheSameExport() {
        Response first = post(REQUEST);
        first.then().statusCode(202);
        Response again = post(REQUEST);
        again.then()
                .statusCode(202)
                .contentType("application/json")
                .header("Location", equalTo(first.header("Location")));
        assertThat(again.jsonPath().getMap("")).isEqualTo(first.jsonPath().getMap(""));
        requireOneExport();
    }

    @Test
    void aKeyChangesNothingThatIsStoredOrSent() {
        String request = Api.request("csv", """
                {"application":"exampleApp","resource":"exampleResource","filters":{"a":[1.50]},"expires":"2100-01-01T00:00:00Z"},
                {"application":"exampleApp","resource":"anotherExampleResource"}""");
        Api.Export with = export(post(request));
        Api.Export without = api.create(identity, request);
        assertThat(columns(with)).hasSize(2).isEqualTo(columns(without));
        api.list(identity, "?application=exampleApp&status=pending").then().body("meta.count", equalTo(2));
        try (RequestTopic topic = new RequestTopic()) {
            assertThat(topic.of(with.sources()))
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.headers())
                            .extracting(header -> header.key())
                            .containsExactlyInAnyOrder("application", "x-rh-identity"))
                    .noneSatisfy(event -> assertThat(event.value()).contains(key));
        }
    }

    private List<Map<String, Object>> columns(Api.Export export) {
        return database.sql("""
                        select e.name, e.format, e.status, e.account_id, e.organization_id, e.username,
                               e.updated_at = e.created_at as never_changed, e.expires - e.created_at as life,
                               s.position, s.application, s.status as source_status, s.resource, s.filters::text, s.expires
                        from export_payloads e join sources s on s.export_payload_id = e.id
                        where e.id = ?::uuid order by s.position""").param(export.id()).query().listOfRows();
    }

    @Test
    void theAnswerIsTheExportInItsCurrentState() {
        Api.Export export = export(post(REQUEST));
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.error(export, 1, "{\"message\":\"none\",\"error\":5}").then().statusCode(202);
        post(REQUEST)
                .then()
                .statusCode(202)
                .body("id", equalTo(export.id()))
                .body("status", equalTo("partial"))
                .body("completed_at", notNullValue())
                .body("sources[1].error", equalTo(5));
    }

    @Test
    void whiteSpaceAndTheOrderOfFieldsDoNotCount() {
        String source =
                "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":{\"a\":1,\"b\":2}}";
        String other =
                "{\"filters\":{\"b\":2,\"a\":1},\"resource\":\"exampleResource\",\"application\":\"exampleApp\"}";
        Api.Export export = export(post("{\"format\":\"json\",\"sources\":[%s]}".formatted(source)));
        post("{ \"sources\" : [%s],\n \"format\":\"json\" }".formatted(other))
                .then()
                .statusCode(202)
                .body("id", equalTo(export.id()));
    }

    @Test
    void anotherRequestIsRefused() {
        export(post(REQUEST));
        for (String other : List.of(
                Api.request("csv", 2), Api.request("json", 1), REQUEST.replace("\"name\"", "\"unknown\":1,\"name\""))) {
            post(other)
                    .then()
                    .statusCode(422)
                    .contentType("application/json")
                    .body("message", equalTo("this Idempotency-Key has been used for another request"))
                    .body("code", equalTo(422));
        }
        requireOneExport();
    }

    @Test
    void aRefusedRequestDoesNotUseUpItsKey() {
        post("{").then().statusCode(400);
        post(Api.request("pdf", 1)).then().statusCode(400);
        post(Api.request("json", "{\"application\":\"nobody\",\"resource\":\"nothing\"}"))
                .then()
                .statusCode(406);
        export(post(REQUEST));
        requireOneExport();
    }

    @Test
    void theKeyOfADeletedExportMakesNoOther() {
        Api.Export export = export(post(REQUEST));
        api.delete(export).then().statusCode(200);
        requireGone(post(REQUEST).then());
        Api.Export expired = export(post("second", REQUEST));
        database.sql("update export_payloads set expires = now() where id = ?::uuid")
                .param(expired.id())
                .update();
        requireGone(post("second", REQUEST).then());
        api.list(identity, "").then().body("meta.count", equalTo(0));
    }

    private static void requireGone(ValidatableResponse answer) {
        answer.statusCode(410)
                .body("message", equalTo("the export of this Idempotency-Key has expired or been deleted"))
                .body("code", equalTo(410));
    }

    @Test
    void keysArePerUser() {
        String org = UUID.randomUUID().toString();
        String sameUserWithAnAccount = Api.base64("""
                {"identity":{"org_id":"%s","account_number":"1","type":"User","user":{"username":"a"}}}""".formatted(org));
        List<String> exports = List.of(
                        Api.identity(org, "a"),
                        Api.identity(org, "b"),
                        Api.identity(org + "x", "a"),
                        sameUserWithAnAccount)
                .stream()
                .map(someone -> post(api, someone, "k", REQUEST))
                .peek(answer -> answer.then().statusCode(202))
                .map(answer -> answer.<String>path("id"))
                .toList();
        assertThat(exports).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "é", "a\tb"})
    void aMalformedKeyIsRefused(String text) {
        requireInvalid(post(text, REQUEST).then());
    }

    @Test
    void aKeyHasUpTo255Characters() {
        requireInvalid(post("k".repeat(256), REQUEST).then());
        post("~".repeat(255), REQUEST).then().statusCode(202);
    }

    private static void requireInvalid(ValidatableResponse answer) {
        answer.statusCode(400)
                .body("message", equalTo("an Idempotency-Key is 1 to 255 printable ASCII characters, no spaces"))
                .body("code", equalTo(400));
    }

    @Test
    void concurrentRequestsOnTwoReplicasMakeOneExport() {
        try (Replica replica = new Replica()) {
            Api other = replica.api();
            for (int round = 0; round < 8; round++) {
                String someone = Api.someone();
                List<Response> answers = Together.call(IntStream.range(0, 8)
                        .mapToObj(i -> (Callable<Response>) () -> post(i % 2 == 0 ? api : other, someone, key, REQUEST))
                        .toList());
                assertThat(answers).extracting(Response::statusCode).containsOnly(202);
                assertThat(answers.stream().map(answer -> answer.path("id")).distinct())
                        .hasSize(1);
                api.list(someone, "").then().body("meta.count", equalTo(1));
            }
        }
    }

    @RepeatedTest(4)
    void ofTwoConcurrentDifferentRequestsOneWins() {
        List<Integer> statuses = Together.call(
                () -> post(REQUEST).statusCode(),
                () -> post(Api.request("csv", 1)).statusCode());
        assertThat(statuses).containsExactlyInAnyOrder(202, 422);
        requireOneExport();
    }

    /** As when the replica that has the key dies before it commits. */
    @Test
    void aRequestTakesThePlaceOfOneThatFails() {
        CompletableFuture<Response> waiting = new TransactionTemplate(transactions).execute(status -> {
            database.sql("""
                            insert into idempotency_keys (organization_id, username, account_id, key, request, export_id, expires)
                            values (:org, 'someone', '', :key, '\\x00', gen_random_uuid(), now() + interval '1 day')""").param("org", organisation()).param("key", key).update();
            var request = CompletableFuture.supplyAsync(() -> post(REQUEST), THREADS);
            await().until(() -> database.sql("""
                            select count(*) from pg_stat_activity
                            where wait_event_type = 'Lock' and query like '%idempotency_keys%'""").query(Integer.class).single() == 1);
            status.setRollbackOnly();
            return request;
        });
        export(waiting.join());
        requireOneExport();
    }

    @Test
    void anExpiredKeyIsFree() {
        Api.Export first = export(post(REQUEST));
        endTimeOfKey();
        assertThat(export(post(Api.request("csv", 1))).id()).isNotEqualTo(first.id());
        endTimeOfKey();
        await().until(() -> database.sql("select count(*) from idempotency_keys where organization_id = ?")
                        .param(organisation())
                        .query(Integer.class)
                        .single()
                == 0);
    }

    private void endTimeOfKey() {
        database.sql("update idempotency_keys set expires = now() where organization_id = ?")
                .param(organisation())
                .update();
    }

    private String organisation() {
        String json = new String(Base64.getDecoder().decode(identity), StandardCharsets.UTF_8);
        return JsonPath.from(json).getString("identity.org_id");
    }

    private void requireOneExport() {
        api.list(identity, "").then().body("meta.count", equalTo(1));
        assertThat(database.sql("select count(*) from export_payloads where organization_id = ?")
                        .param(organisation())
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    private Api.Export export(Response response) {
        response.then().statusCode(202);
        return new Api.Export(identity, response.path("id"), response.path("sources.id"));
    }

    private Response post(String body) {
        return post(key, body);
    }

    private Response post(String key, String body) {
        return post(api, identity, key, body);
    }

    private static Response post(Api api, String identity, String key, String body) {
        return api.as(identity).header("Idempotency-Key", key).body(body).post(Api.EXPORTS);
    }
}
