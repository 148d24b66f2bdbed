package com.redhat.cloud.exports.wire;

import static com.redhat.cloud.exports.wire.ContractDocument.INTERNAL;
import static com.redhat.cloud.exports.wire.ContractDocument.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.identity.ApplicationKeyTests;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The service publishes the OpenAPI documents, and its errors are those in them. */
@ServiceTest
class PublishedDocumentsTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNKNOWN = "0b069353-6ace-4403-8162-3a8afe7ac05c";
    private static final String SOURCE = "0b1386f4-2b05-44e5-a1c5-1a2f3b4c5d6e";

    @Autowired
    Api api;

    @Test
    void theDocumentsAreServedWithoutIdentityOrKey() throws IOException {
        assertThat(document(api.publicPort, "/api/export/v1/openapi.json"))
                .isEqualTo(ContractDocument.read(PUBLIC).root());
        for (String base : List.of("/app/export/v1", "/internal/export/v1")) {
            assertThat(document(api.internalPort, base + "/openapi.json"))
                    .isEqualTo(ContractDocument.read(INTERNAL).root());
        }
        api.anyone(api.publicPort)
                .get("/docs")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("/api/export/v1/openapi.json"));
    }

    private JsonNode document(int port, String path) throws IOException {
        Response response = api.anyone(port).get(path);
        response.then().statusCode(200).contentType("application/json");
        return JSON.readTree(response.asByteArray());
    }

    @Test
    void theServiceAnswersWithTheErrorsOfThePublicDocument() throws IOException {
        Api.Export export = api.create("json", 1);
        Api.Export finished = api.create("json", 1);
        api.upload(finished, 0, "[]").then().statusCode(202);
        Api.Export deleted = create("deleted", Api.request("json", 1));
        api.delete(deleted).then().statusCode(200);
        String length = api.download(finished).header("Content-Length");
        Api.Export partial = withoutRowsFailedAndExpired();
        String failed = partial.sources().get(1);
        String expired = partial.sources().get(2);
        assertDocumented(
                PUBLIC,
                List.of(
                        api.anyone(api.publicPort).get(Api.EXPORTS),
                        api.post(export.identity(), "{}"),
                        api.post(export.identity(), Api.request("json", "{}")),
                        api.post(export.identity(), Api.request("pdf", 1)),
                        api.post(export.identity(), Api.request("json", """
                                {"application":"exampleApp","resource":"exampleResource","filters":1}""")),
                        api.post(export.identity(), " ".repeat(1024 * 1024 + 1)),
                        withKey(export.identity(), "two words", Api.request("json", 1)),
                        withKey(deleted.identity(), "deleted", Api.request("json", 1)),
                        withKey(deleted.identity(), "deleted", Api.request("json", 2)),
                        api.list(export.identity(), "?created_at=spring"),
                        api.as(export.identity())
                                .header("x-rh-exports-psk", "wrong")
                                .get(Api.EXPORTS),
                        api.as(export.identity()).get(Api.EXPORTS + "/1-2-3-4-5"),
                        api.as(export.identity()).get(Api.EXPORTS + "/" + UNKNOWN),
                        api.as(export.identity()).put(Api.EXPORTS),
                        api.as(finished.identity())
                                .header("Range", "bytes=" + length + "-")
                                .get(Api.EXPORTS + "/" + finished.id()),
                        api.as(finished.identity()).header("If-Match", "\"x\"").get(Api.EXPORTS + "/" + finished.id()),
                        preview(finished, "1-2-3-4-5", ""),
                        preview(finished, finished.sources().getFirst(), "?rows=101"),
                        preview(finished, SOURCE, ""),
                        preview(partial, partial.sources().getFirst(), ""),
                        preview(partial, failed, ""),
                        preview(partial, expired, ""),
                        api.download(export)),
                Map.of(export.id(), UNKNOWN, failed, SOURCE, expired, SOURCE));
    }

    private Response preview(Api.Export export, String source, String query) {
        return api.as(export.identity())
                .get(Api.EXPORTS + "/" + export.id() + "/sources/" + source + "/preview" + query);
    }

    /** An export of three sources that have no preview: a number as data, an error, and data that has expired. */
    private Api.Export withoutRowsFailedAndExpired() {
        String source = "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\"%s}";
        String expiring = source.formatted(",\"expires\":\"" + Instant.now().plusSeconds(3) + "\"");
        Api.Export export = api.create(
                Api.someone(), Api.request("json", source.formatted("") + "," + source.formatted("") + "," + expiring));
        api.upload(export, 0, "1").then().statusCode(202);
        api.error(export, 1, "{\"message\":\"test error\",\"error\":123}")
                .then()
                .statusCode(202);
        api.upload(export, 2, "[]").then().statusCode(202);
        await().until(() -> preview(export, export.sources().get(2), "").statusCode() == 410);
        return export;
    }

    private Api.Export create(String key, String body) {
        String identity = Api.someone();
        Response response = withKey(identity, key, body);
        return new Api.Export(identity, response.path("id"), response.path("sources.id"));
    }

    private Response withKey(String identity, String key, String body) {
        return api.as(identity).header("Idempotency-Key", key).body(body).post(Api.EXPORTS);
    }

    /** Without the two of application-bound keys, which {@link ApplicationKeyTests} has. */
    @Test
    void theServiceAnswersWithTheErrorsOfTheInternalDocument() throws IOException {
        Api.Export export = api.create("json", 2);
        Api.Export csv = api.create("csv", 1);
        api.error(export, 1, "{\"message\":\"test error\",\"error\":123}")
                .then()
                .statusCode(202);
        String first = export.sources().getFirst();
        assertDocumented(
                INTERNAL,
                List.of(
                        api.anyone(api.internalPort).post(export.uploadPath(0)),
                        api.anyone(api.internalPort)
                                .header("x-rh-exports-psk", "wrong")
                                .post(export.uploadPath(0)),
                        api.application().post(Api.INTERNAL + "1-2-3-4-5/exampleApp/" + first + "/upload"),
                        api.application().post(Api.INTERNAL + export.id() + "/exampleApp/1-2-3-4-5/upload"),
                        api.error(export, 0, "{}"),
                        api.application().post(Api.INTERNAL + UNKNOWN + "/exampleApp/" + first + "/upload"),
                        api.application().post(Api.INTERNAL + export.id() + "/exampleApp/" + SOURCE + "/upload"),
                        api.application().post(Api.INTERNAL + export.id() + "/another/" + first + "/upload"),
                        api.upload(export, 1, "[]"),
                        api.upload(export, 0, "{\"data\":[1,2,3,,]}"),
                        api.upload(csv, 0, "a,b\r\n1,2\r\n3,\"4"),
                        api.application()
                                .header("Content-Encoding", "br")
                                .body("[]")
                                .post(export.uploadPath(0)),
                        api.application()
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .body("--x\r\n".getBytes(StandardCharsets.UTF_8))
                                .post(export.uploadPath(0)),
                        api.upload(csv, 0, new byte[1024 * 1024 + 1]),
                        api.application().get(export.uploadPath(0))),
                Map.of("size: 1MB", "size: 500MB"));
    }

    /** @param replacements values of this service, and those of the examples in their place */
    private static void assertDocumented(String document, List<Response> answers, Map<String, String> replacements)
            throws IOException {
        Map<String, String> answered = new TreeMap<>();
        for (Response answer : answers) {
            String text = answer.asString();
            for (Map.Entry<String, String> replacement : replacements.entrySet()) {
                text = text.replace(replacement.getKey(), replacement.getValue());
            }
            JsonNode error = JSON.readTree(text);
            assertThat(error.path("code").asInt()).isEqualTo(answer.statusCode());
            answered.put(error.path("message").asText(), error.toString());
        }
        List<String> documented = new ArrayList<>();
        collect(ContractDocument.read(document).root(), documented);
        assertThat(documented).isNotEmpty();
        assertThat(answered.values()).as("errors of the service").containsAll(documented);
    }

    private static void collect(JsonNode node, List<String> errors) {
        if (node.path("message").isTextual()
                && node.path("code").isInt()
                && !IN_OTHER_TESTS.contains(node.path("message").asText())) {
            errors.add(node.toString());
        }
        node.forEach(child -> collect(child, errors));
    }

    /** Errors that need other settings or an unreachable server; other tests cause them. */
    private static final List<String> IN_OTHER_TESTS = List.of(
            "invalid x-rh-exports-psk header for application",
            "no PSK configured for application",
            "the object store cannot store at the moment");
}
