package com.redhat.cloud.exports.wire.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Clients generated from the OpenAPI document, as openapi-generator makes them for Python: one media type to accept,
 * and models that convert nothing.
 */
@ServiceTest
class GeneratedClientTests {

    @Autowired
    Api api;

    private UserClient client;

    @BeforeEach
    void newUser() {
        client = new UserClient(
                api, Api.someone(), "Accept", "application/json", "User-Agent", "OpenAPI-Generator/1.0.0/python");
    }

    @Test
    void everyStateOfAnExportDecodes() {
        JsonNode export = create("""
                {"name":"Example","format":"csv","expires_at":"2100-01-01T01:00:00+01:00","sources":[
                  {"application":"exampleApp","resource":"exampleResource","filters":{"a":[1]}},
                  {"application":"exampleApp","resource":"exampleResource"},
                  {"application":"exampleApp","resource":"anotherExampleResource","filters":null}]}""");
        assertThat(export.path("expires_at").textValue()).startsWith("2100-01-01T00:00:00");
        assertThat(status(export)).isEqualTo("pending");

        client.answer(export, 0, "upload", "a,b\n");
        assertThat(status(export)).isEqualTo("running");
        client.answer(export, 1, "error", "{\"message\":\"no\",\"error\":2147483647}");
        client.answer(export, 2, "upload", "");
        assertThat(status(export)).isEqualTo("partial");
        assertThat(UserClient.json(client.get(path(export) + "/status")).has("completed_at"))
                .isTrue();
        assertThat(Archive.of(client.get(path(export)).body()).manifest().path("file_meta"))
                .hasSize(2);
    }

    @Test
    void anExportWithoutOptionalFieldsDecodes() {
        JsonNode export = create(
                "{\"format\":\"json\",\"sources\":[{\"application\":\"exampleApp\",\"resource\":\"exampleResource\"}]}");
        assertThat(export.path("name").textValue()).isEmpty();
        client.answer(export, 0, "upload", "null");
        assertThat(status(export)).isEqualTo("complete");
    }

    @Test
    void listsDecode() {
        assertThat(list("").path("data")).isEmpty();
        for (int i = 0; i < 3; i++) {
            JsonNode export = create(SourceRequest.body("json", Api.APPLICATION, Api.RESOURCE, "{}"));
            client.answer(export, 0, i == 0 ? "upload" : "error", "{\"message\":\"no\",\"error\":1}");
        }
        assertThat(list("").path("meta").path("count").intValue()).isEqualTo(3);
        JsonNode page = list("?limit=1&offset=1&sort=created_at&dir=desc");
        assertThat(page.path("links").path("next").isTextual()).isTrue();
        assertThat(page.path("links").path("previous").isTextual()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "400, /x/status",
        "404, /00000000-0000-0000-0000-000000000000/status",
        "404, /00000000-0000-0000-0000-000000000000",
        "400, ?limit=-1",
        "400, ?created_at=spring",
        "404, /00000000-0000-0000-0000-000000000000/nothing"
    })
    void errorsDecode(int status, String path) {
        StrictDecoder.problem(StrictDecoder.json(client.get(Api.EXPORTS + path), status), status);
    }

    @Test
    void errorsOfIncompleteRequestsDecode() {
        StrictDecoder.problem(StrictDecoder.json(client.post(Api.EXPORTS, "{}"), 400), 400);
        StrictDecoder.problem(
                StrictDecoder.json(client.post(Api.EXPORTS, SourceRequest.body("json", "a", "b", "null")), 406), 406);
        JsonNode export = create(SourceRequest.body("json", Api.APPLICATION, Api.RESOURCE, "{}"));
        StrictDecoder.problem(StrictDecoder.json(client.get(path(export)), 400), 400);
    }

    @Test
    void anExportIsDeletedWithTheDocumentedStatusAndNoBody() {
        JsonNode export = create(SourceRequest.body("json", Api.APPLICATION, Api.RESOURCE, "{}"));
        HttpResponse<byte[]> answer = client.delete(path(export));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        StrictDecoder.problem(StrictDecoder.json(client.delete(path(export)), 404), 404);
    }

    /** Guards the tests above: the decoder refuses what the clients refuse. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"status\":\"pending\" | \"status\":\"sleeping\"",
                "\"format\":\"json\" | \"format\":\"pdf\"",
                "\"id\":\"0b069353-6ace-4403-8162-3476df3ae4ab\" | \"id\":\"0B069353-6ACE-4403-8162-3476DF3AE4AB\"",
                "\"name\":\"n\" | \"name\":1",
                "\"name\":\"n\", | ''",
                "07:12Z | 07:12",
                "2022-10-12T15:07:12Z | 2022-10-12",
                "\"error\":404 | \"error\":\"404\"",
                "\"filters\":null | \"filters\":[]"
            })
    void theDecoderRefusesWhatTheClientsRefuse(String part, String replacement) throws IOException {
        String good = """
                {"id":"0b069353-6ace-4403-8162-3476df3ae4ab","created_at":"2022-10-12T15:07:12Z",\
                "expires_at":"2022-10-19T15:07:12Z","name":"n","format":"json","status":"pending",\
                "sources":[{"id":"0b1386f4-2b05-4303-ba0e-93a5d7a2ba19","application":"a","status":"failed",\
                "resource":"r","filters":null,"message":"m","error":404}]}""";
        JsonMapper mapper = new JsonMapper();
        StrictDecoder.export(mapper.readTree(good));
        assertThat(good).contains(part);
        JsonNode bad = mapper.readTree(good.replace(part, replacement));
        assertThatThrownBy(() -> StrictDecoder.export(bad))
                .isInstanceOfAny(AssertionError.class, DateTimeParseException.class);
    }

    private JsonNode create(String body) {
        return StrictDecoder.export(StrictDecoder.json(client.post(Api.EXPORTS, body), 202));
    }

    private String status(JsonNode export) {
        return StrictDecoder.export(StrictDecoder.json(client.get(path(export) + "/status"), 200))
                .path("status")
                .textValue();
    }

    private JsonNode list(String query) {
        return StrictDecoder.list(StrictDecoder.json(client.get(Api.EXPORTS + query), 200));
    }

    private static String path(JsonNode export) {
        return Api.EXPORTS + "/" + export.path("id").textValue();
    }
}
