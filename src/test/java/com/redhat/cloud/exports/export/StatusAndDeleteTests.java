package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code GET …/status}, {@code DELETE} and the refusals of a download (contract section 3). */
@ServiceTest
class StatusAndDeleteTests {

    private static final String NIL = "00000000-0000-0000-0000-000000000000";

    @Autowired
    Api api;

    @Test
    void theStatusFollowsTheSources() {
        Api.Export export = api.create("json", 2);
        Response pending = api.status(export);
        pending.then().statusCode(200).contentType("application/json").body("status", equalTo("pending"));
        assertThat(pending.header("Retry-After")).isEqualTo("1");
        assertThat(pending.<Object>path("completed_at")).isNull();

        api.error(export, 0, "{\"message\":\"test error\",\"error\":123}")
                .then()
                .statusCode(202);
        Response running = api.status(export);
        running.then()
                .body("status", equalTo("running"))
                .body("sources[0].status", equalTo("failed"))
                .body("sources[0].message", equalTo("test error"))
                .body("sources[0].error", equalTo(123))
                .body("sources[1].status", equalTo("pending"))
                .body("sources[1].message", nullValue());
        assertThat(running.header("Retry-After")).isEqualTo("1");

        api.upload(export, 1, "[]").then().statusCode(202);
        Response partial = api.status(export);
        partial.then().body("status", equalTo("partial")).body("sources[1].status", equalTo("complete"));
        assertThat(partial.header("Retry-After")).isNull();
        assertThat(Instant.parse(partial.path("completed_at"))).isAfter(Instant.parse(partial.path("created_at")));
    }

    /** Java builds the one, PostgreSQL the other. */
    @Test
    void aNewExportsStatusIsTheResponseOfItsCreationToTheByte() {
        String identity = Api.someone();
        Response created = api.post(identity, Api.request("csv", 2).replace("Example", "\\\"<é€>\\\" \\\\/'&"));
        assertThat(created.statusCode()).isEqualTo(202);
        assertThat(api.status(new Api.Export(identity, created.path("id"), List.of()))
                        .asString())
                .isEqualTo(created.asString())
                .contains("\"name\":\"\\\"<é€>\\\" \\\\/'&\"", "\"status\":\"pending\"");
    }

    @Test
    void aStatusIsCompactAndItsMembersAreInOrder() {
        Api.Export export = api.create("json", 2);
        api.error(export, 0, "{\"message\":\"a \\\"test\\\" error\",\"error\":123}")
                .then()
                .statusCode(202);
        api.upload(export, 1, "[]").then().statusCode(202);
        assertThat(api.status(export)
                        .asString()
                        .replaceAll("[0-9a-f-]{36}", "ID")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z", "TIME"))
                .isEqualTo("""
                        {"id":"ID","created_at":"TIME","completed_at":"TIME","expires_at":"TIME","name":"Example",\
                        "format":"json","status":"partial","sources":[{"id":"ID","application":"exampleApp",\
                        "status":"failed","resource":"exampleResource","filters":null,"message":"a \\"test\\" error",\
                        "error":123},{"id":"ID","application":"exampleApp","status":"complete",\
                        "resource":"exampleResource","filters":null}]}""");
    }

    @Test
    void anUnfinishedOrEmptyExportIsNotReadyForDownload() {
        Api.Export export = api.create("json", 1);
        for (int i = 0; i < 2; i++) {
            api.download(export)
                    .then()
                    .statusCode(400)
                    .contentType("application/json")
                    .body("message", equalTo("'" + export.id() + "' is not ready for download"));
            api.error(export, 0, "{\"message\":\"no\",\"error\":1}");
        }
        api.status(export).then().body("status", equalTo("failed"));
    }

    @Test
    void anIdInUpperCaseAndASlashAtTheEndAreTheSame() {
        Api.Export export = api.create("json", 1);
        String upper = Api.EXPORTS + "/" + export.id().toUpperCase(Locale.ROOT);
        for (String path : List.of(upper + "/status", upper + "/status/")) {
            api.as(export.identity()).get(path).then().statusCode(200).body("id", equalTo(export.id()));
        }
        api.as(export.identity()).get(Api.EXPORTS + "/").then().statusCode(200).body("meta.count", equalTo(1));
        api.as(export.identity()).get(upper + "/").then().statusCode(400);
        api.as(export.identity())
                .body(Api.request("csv", 1))
                .post(Api.EXPORTS + "/")
                .then()
                .statusCode(202);
        api.as(export.identity()).delete(upper + "/").then().statusCode(200);
        api.status(export).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-2-3-4-5", "x", "00000000-0000-0000-0000-00000000000", "%7B" + NIL + "%7D", NIL + "%20"})
    void anInvalidUuidIsRefused(String id) {
        String decoded = id.replace("%7B", "{").replace("%7D", "}").replace("%20", " ");
        for (Response response : ofEachOperation(Api.someone(), id)) {
            response.then()
                    .statusCode(400)
                    .contentType("application/json")
                    .body("message", equalTo("'" + decoded + "' is not a valid export UUID"))
                    .body("code", equalTo(400));
        }
    }

    @Test
    void anUnknownIdIsNotFound() {
        for (String id : List.of(NIL, UUID.randomUUID().toString())) {
            ofEachOperation(Api.someone(), id).forEach(response -> assertNotFound(response, id));
        }
    }

    @Test
    void anExportBelongsToOrganisationUserAndAccountNumberTogether() {
        String org = "org-" + UUID.randomUUID();
        Api.Export withAccount = api.create(identity(org, "\"1\"", "u"), Api.request("json", 1));
        Api.Export without = api.create(identity(org, "null", "u"), Api.request("json", 1));

        for (String other : List.of(
                identity(org + "x", "\"1\"", "u"),
                identity(org, "\"1\"", "v"),
                identity(org, "\"1\"", "U"),
                identity(org, "\"01\"", "u"),
                identity(org, "null", "u"))) {
            ofEachOperation(other, withAccount.id()).forEach(response -> assertNotFound(response, withAccount.id()));
        }
        ofEachOperation(identity(org, "\"1\"", "u"), without.id())
                .forEach(response -> assertNotFound(response, without.id()));

        api.status(withAccount).then().statusCode(200);
        api.as(identity(org, "\"\"", "u"))
                .get(Api.EXPORTS + "/" + without.id() + "/status")
                .then()
                .statusCode(200);
    }

    @Test
    void anExportThatHasExpiredIsNotFound() {
        String identity = Api.someone();
        Instant expires = Instant.now().plusSeconds(1);
        Api.Export expired =
                api.create(identity, Api.request("json", 1).replaceFirst("}$", ",\"expires_at\":\"" + expires + "\"}"));
        await().pollInterval(Duration.ofMillis(20)).until(() -> Instant.now().isAfter(expires));
        ofEachOperation(identity, expired.id()).forEach(response -> assertNotFound(response, expired.id()));
        api.list(identity, "").then().body("meta.count", equalTo(0));
    }

    @Test
    void anExportInAnyStatusCanBeDeletedOnce() {
        for (int answered = 0; answered <= 2; answered++) {
            Api.Export export = api.create("json", 2);
            for (int i = 0; i < answered; i++) {
                api.upload(export, i, "[]").then().statusCode(202);
            }
            Response deleted = api.delete(export);
            assertThat(deleted.statusCode()).isEqualTo(200);
            assertThat(deleted.asByteArray()).isEmpty();
            ofEachOperation(export.identity(), export.id()).forEach(response -> assertNotFound(response, export.id()));
            assertNotFound(api.upload(export, 1, "[]"), export.id());
            api.list(export.identity(), "").then().body("meta.count", equalTo(0));
        }
    }

    @Test
    void pingSaysHello() {
        for (String path : List.of("/api/export/v1/ping", "/api/export/v1/ping/")) {
            Response response = api.as(Api.someone()).get(path);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.asString()).isEqualTo("Hello world");
        }
        api.anyone(api.publicPort).get("/api/export/v1/ping").then().statusCode(400);
    }

    private List<Response> ofEachOperation(String identity, String id) {
        String path = Api.EXPORTS + "/" + id;
        return List.of(
                api.as(identity).get(path + "/status"),
                api.as(identity).get(path),
                api.as(identity).delete(path));
    }

    private static void assertNotFound(Response response, String id) {
        response.then()
                .statusCode(404)
                .contentType("application/json")
                .body("message", equalTo("record '" + id + "' not found"))
                .body("code", equalTo(404));
    }

    private static String identity(String org, String account, String username) {
        return Api.base64("""
                {"identity":{"org_id":"%s","account_number":%s,"type":"User","user":{"username":"%s"}}}""".formatted(org, account, username));
    }
}
