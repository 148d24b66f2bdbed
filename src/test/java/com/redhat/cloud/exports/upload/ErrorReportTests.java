package com.redhat.cloud.exports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contract section 5: an application reports an error. */
@ServiceTest
class ErrorReportTests {

    private static final String REPORT = "{\"message\":\"test error\",\"error\":123}";

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Test
    void theSourceFailsWithMessageAndNumber() {
        Api.Export export = api.create("csv", 2);
        api.error(export, 0, REPORT).then().statusCode(202).body(equalTo(""));
        api.status(export)
                .then()
                .body("status", equalTo("running"))
                .body("sources[0].status", equalTo("failed"))
                .body("sources[0].message", equalTo("test error"))
                .body("sources[0].error", equalTo(123))
                .body("sources[1].status", equalTo("pending"))
                .body("sources[1].message", nullValue());
    }

    @Test
    void theContentTypeDoesNotMatter() {
        for (String type : new String[] {"text/csv", "text/csv; charset=utf-8", "text/plain"}) {
            Api.Export export = api.create("csv", 1);
            api.application()
                    .contentType(type)
                    .body(REPORT.getBytes(StandardCharsets.UTF_8))
                    .post(export.errorPath(0))
                    .then()
                    .statusCode(202);
            api.status(export).then().body("status", equalTo("failed"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}",
                "not json",
                "{\"message\":\"m\",\"error\":1} {}",
                "{\"message\":\"m\"}",
                "{\"error\":1}",
                "{\"message\":\"\",\"error\":1}",
                "{\"message\":null,\"error\":1}",
                "{\"message\":7,\"error\":1}",
                "{\"message\":[\"m\"],\"error\":1}",
                "{\"message\":\"m\",\"error\":0}",
                "{\"message\":\"m\",\"error\":null}",
                "{\"message\":\"m\",\"error\":\"1\"}",
                "{\"message\":\"m\",\"error\":1.5}",
                "{\"message\":\"m\",\"error\":true}",
                "{\"message\":\"m\",\"error\":2147483648}",
                "{\"message\":\"m\",\"error\":-2147483649}",
                "{\"message\":\"m\",\"error\":99999999999999999999999999}",
            })
    void otherBodiesAreRefusedBeforeTheExportIsLookedUp(String body) {
        Api.Export export = api.create("json", 1);
        Api.Export unknown = new Api.Export(export.identity(), UUID.randomUUID().toString(), export.sources());
        for (Api.Export target : new Api.Export[] {export, unknown}) {
            api.error(target, 0, body)
                    .then()
                    .statusCode(400)
                    .body("message", equalTo("Both 'message' and 'error' are required fields"))
                    .body("code", equalTo(400));
        }
        api.status(export).then().body("status", equalTo("pending"));
    }

    @Test
    void deepNestingIsUndecodable() {
        Api.Export export = api.create("json", 1);
        String body = "{\"message\":\"m\",\"error\":1,\"more\":" + "[".repeat(200) + "]".repeat(200) + "}";
        api.error(export, 0, body)
                .then()
                .statusCode(400)
                .body("message", equalTo("Both 'message' and 'error' are required fields"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void everyOtherNumberIsAccepted(int number) {
        Api.Export export = api.create("json", 1);
        api.error(export, 0, "{\"message\":\"m\",\"error\":%d,\"more\":{}}".formatted(number))
                .then()
                .statusCode(202);
        api.status(export).then().body("sources[0].error", equalTo(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\ud800b"})
    void textThatCannotBeStoredIsRefused(String message) {
        Api.Export export = api.create("json", 1);
        api.error(export, 0, "{\"message\":\"%s\",\"error\":1}".formatted(message))
                .then()
                .statusCode(400);
        api.status(export).then().body("status", equalTo("pending"));
    }

    /** A refusal would leave the source pending. The same report is recognised again. */
    @Test
    void aLongMessageIsCutBetweenCharacters() {
        Api.Export export = api.create("json", 2);
        String report = "{\"message\":\"%s\",\"error\":1}".formatted("m".repeat(4094) + "😀".repeat(1000));
        api.error(export, 0, report).then().statusCode(202);
        api.error(export, 0, report).then().statusCode(202);
        api.upload(export, 1, "1").then().statusCode(202);
        api.status(export).then().body("sources[0].message", equalTo("m".repeat(4094)));
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.text("meta.json")).contains("\"" + "m".repeat(4094) + "\"");
        assertThat(archive.text("README.md")).contains("`" + "m".repeat(4094) + "`");
    }

    /** Stored by the former service. */
    @Test
    void longMessagesOfTheFormerServiceAreCut() {
        Api.Export export = api.create("json", 301);
        api.upload(export, 300, "1").then().statusCode(202);
        database.sql("""
                        update sources set status = 'failed', code = 500, message = repeat('é', 100000)
                        where export_payload_id = :id::uuid and status = 'pending'""").param("id", export.id()).update();
        database.sql("update export_payloads set status = 'partial', completed_at = now() where id = :id::uuid")
                .param("id", export.id())
                .update();
        String message = "é".repeat(1024 * 1024 / 300);
        api.status(export).then().body("sources[0].message", equalTo(message));
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.text("meta.json")).contains("\"" + message + "\"");
        assertThat(archive.text("README.md")).contains("`" + message + "`");
    }

    @Test
    void aReportOverTheLimitIsRefused() {
        Api.Export export = api.create("json", 1);
        api.error(export, 0, "{\"message\":\"%s\",\"error\":1}".formatted("m".repeat(1024 * 1024)))
                .then()
                .statusCode(413)
                .body("code", equalTo(413));
        api.status(export).then().body("status", equalTo("pending"));
    }

    @Test
    void theSameErrorIsAcceptedAgainAndAnotherIsRefused() {
        Api.Export export = api.create("json", 1);
        api.error(export, 0, REPORT).then().statusCode(202);
        api.error(export, 0, REPORT).then().statusCode(202);
        for (String other :
                new String[] {"{\"message\":\"test error\",\"error\":124}", "{\"message\":\"other\",\"error\":123}"}) {
            api.error(export, 0, other)
                    .then()
                    .statusCode(410)
                    .body("message", equalTo("this resource has already been processed"));
        }
        api.upload(export, 0, "1").then().statusCode(410);
        api.status(export).then().body("sources[0].error", equalTo(123));
    }

    @Test
    void unknownExportsAndSourcesAreNotFound() {
        Api.Export export = api.create("json", 1);
        String none = UUID.randomUUID().toString();
        api.error(new Api.Export(export.identity(), none, export.sources()), 0, REPORT)
                .then()
                .statusCode(404)
                .body("message", equalTo("record '" + none + "' not found"));
        api.error(new Api.Export(export.identity(), export.id(), List.of(none)), 0, REPORT)
                .then()
                .statusCode(404)
                .body("message", equalTo("source `" + none + "` not found"));
    }
}
