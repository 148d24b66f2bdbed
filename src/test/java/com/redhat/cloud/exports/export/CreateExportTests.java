package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.wire.ContractDocument;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code POST /exports} (contract section 3): accepted requests and their answers. */
@ServiceTest
class CreateExportTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @Autowired
    Api api;

    @Test
    void theAnswerIsTheNewExport() throws IOException {
        Response response = api.post(Api.someone(), """
                {"name":"Example","format":"csv","expires_at":"2030-01-01T00:00:00Z","sources":[
                 {"application":"exampleApp","resource":"exampleResource","filters":{"startDate":"2022-01-01"}},
                 {"application":"exampleApp","resource":"anotherExampleResource"}]}""");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.contentType()).isEqualTo("application/json");
        JsonNode export = JSON.readTree(response.asByteArray());
        assertThat(ContractDocument.names(export))
                .containsExactlyInAnyOrder("id", "created_at", "expires_at", "name", "format", "status", "sources");
        assertThat(export.path("id").asText()).matches(ID);
        assertThat(Instant.parse(export.path("created_at").asText()))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(export.path("created_at").asText()).endsWith("Z");
        assertThat(export.path("expires_at").asText()).isEqualTo("2030-01-01T00:00:00.000000Z");
        assertThat(export.path("name").asText()).isEqualTo("Example");
        assertThat(export.path("format").asText()).isEqualTo("csv");
        assertThat(export.path("status").asText()).isEqualTo("pending");
        assertThat(response.header("Location"))
                .isEqualTo("/api/export/v1/exports/" + export.path("id").asText() + "/status");

        assertThat(export.path("sources")).hasSize(2);
        JsonNode source = export.path("sources").path(1);
        assertThat(ContractDocument.names(source))
                .containsExactlyInAnyOrder("id", "application", "status", "resource", "filters");
        assertThat(source.path("id").asText()).matches(ID);
        assertThat(source.path("application").asText()).isEqualTo("exampleApp");
        assertThat(source.path("resource").asText()).isEqualTo("anotherExampleResource");
        assertThat(source.path("status").asText()).isEqualTo("pending");
        assertThat(source.path("filters").isNull()).isTrue();
        assertThat(export.at("/sources/0/filters").toString()).isEqualTo("{\"startDate\":\"2022-01-01\"}");
    }

    @Test
    void theStatusIsTheSameObject() throws IOException {
        String identity = Api.someone();
        Response created = api.post(identity, """
                {"name":"Ünï 😀 \\" \\\\","format":"json","expires_at":"2030-01-01T00:00:00.123456789+05:30","sources":[
                 {"application":"exampleApp","resource":"exampleResource","filters":
                  {"text":"é😀","number":1.50,"long":12345678901234567890123,"list":[1,null,true,{"a":{}}],"":"x"}},
                 {"application":"exampleApp","resource":"exampleResource","filters":{}},
                 {"application":"exampleApp","resource":"exampleResource","filters":null}]}""");
        String location = created.then().statusCode(202).extract().header("Location");
        Response status = api.as(identity).get(location);

        assertThat(JSON.readTree(status.asByteArray())).isEqualTo(JSON.readTree(created.asByteArray()));
        assertThat(created.<String>path("expires_at")).isEqualTo("2029-12-31T18:30:00.123456Z");
        status.then()
                .body("sources[0].filters.text", equalTo("é😀"))
                .body("sources[1].filters", equalTo(Map.of()))
                .body("sources[2].filters", nullValue());
    }

    /** Order, repetitions and the spelling of numbers count for some applications; jsonb keeps none of them. */
    @Test
    void filtersAreKeptAsTheyWereSent() {
        String sent = """
                { "z" : 1e2, "a" : -0,\t"bb": 1.50,
                  "a": [ 1E+05 , { "y" : "a, b: c" , "x" : " \\"q\\" " } ], "z": 100000000000000000000 }""";
        String kept = "{\"z\":1e2,\"a\":-0,\"bb\":1.50,\"a\":[1E+05,{\"y\":\"a, b: c\",\"x\":\" \\\"q\\\" \"}],"
                + "\"z\":100000000000000000000}";
        String identity = Api.someone();
        Response created = api.post(identity, """
                {"format":"json","sources":[{"filters":%s,"application":"exampleApp","resource":"exampleResource"},
                 {"application":"exampleApp","resource":"exampleResource","filters":{"filters":{"a":1}}},
                 {"filters":1,"application":"exampleApp","filters":{ },"resource":"exampleResource"}]}""".formatted(sent));
        Api.Export export = new Api.Export(identity, created.path("id"), created.path("sources.id"));

        for (Response response : List.of(created, api.status(export))) {
            assertThat(response.asString())
                    .contains("\"filters\":" + kept + "}")
                    .contains("\"filters\":{\"filters\":{\"a\":1}}}")
                    .contains("\"filters\":{}}");
        }
        for (int source = 0; source < 3; source++) {
            api.upload(export, source, "[]").then().statusCode(202);
        }
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.text("meta.json")).contains("\"filters\":" + kept + ",");
        assertThat(archive.text("README.md")).contains("Filters: `" + kept + "`");
    }

    @Test
    void withoutAnExpiryAnExportLivesForTheConfiguredDays() {
        for (String expiry : new String[] {"", "\"expires_at\":null,"}) {
            Response response = api.post(
                    Api.someone(),
                    "{%s\"format\":\"json\",\"sources\":[%s]}"
                            .formatted(expiry, "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\"}"));
            response.then().statusCode(202).body("name", equalTo(""));
            assertThat(Duration.between(
                            Instant.parse(response.path("created_at")), Instant.parse(response.path("expires_at"))))
                    .isEqualTo(Duration.ofDays(7));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2030-01-01T00:00:00Z, 2030-01-01T00:00:00.000000Z",
        "2030-01-01t00:00:00z, 2030-01-01T00:00:00.000000Z",
        "2030-01-01T00:00:00.5-01:00, 2030-01-01T01:00:00.500000Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59.000000Z"
    })
    void anExpiryIsATimestampWithZone(String sent, String answered) {
        api.post(Api.someone(), withField("\"expires_at\":\"%s\"".formatted(sent)))
                .then()
                .statusCode(202)
                .body("expires_at", equalTo(answered));
    }

    @Test
    void fieldsThatClientsCannotSetAndUnknownFieldsAreIgnored() {
        api.post(Api.someone(), withField("""
                "id":"00000000-0000-0000-0000-000000000001","status":"complete","expiration":"2022-01-01","x":[{}]"""))
                .then()
                .statusCode(202)
                .body("id", not(equalTo("00000000-0000-0000-0000-000000000001")))
                .body("status", equalTo("pending"));
    }

    @Test
    void aSourceMayExpireEarlier() {
        for (String expires : new String[] {"null", "\"2030-01-01T00:00:00Z\""}) {
            api.create(Api.someone(), Api.request("json", """
                    {"application":"exampleApp","resource":"exampleResource","expires":%s}""".formatted(expires)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "application/json; charset=iso-8859-1",
                "not a type"
            })
    void theContentTypeIsIgnored(String type) throws Exception {
        HttpRequest.Builder request = request(withField("\"name\":\"é\"")).header("Content-Type", type);
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(response.body()).path("name").asText()).isEqualTo("é");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/zip", "text/csv, */*;q=0.1", "not a type"})
    void theAcceptHeaderIsIgnored(String accept) throws Exception {
        assertThat(send(request(withField("\"name\":\"n\"")).header("Accept", accept))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aRequestWithoutContentTypeIsAccepted() throws Exception {
        assertThat(send(request(withField("\"name\":\"n\""))).statusCode()).isEqualTo(202);
    }

    @Test
    void aBodyOfExactlyTheLimitIsAccepted() {
        String body = withField("\"x\":\"%s\"");
        api.post(Api.someone(), body.formatted("x".repeat(1024 * 1024 - body.length() + 2)))
                .then()
                .statusCode(202);
    }

    @Test
    void manySourcesAreOneExport() {
        Api.Export export = api.create("json", 1000);
        assertThat(export.sources()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(api.status(export).<List<String>>path("sources.id")).isEqualTo(export.sources());
    }

    private static String withField(String field) {
        return "{\"format\":\"json\",%s,\"sources\":[{\"application\":\"exampleApp\",\"resource\":\"exampleResource\"}]}"
                .formatted(field);
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + api.publicPort + Api.EXPORTS))
                .header("x-rh-identity", Api.someone())
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
