package com.redhat.cloud.exports.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every route that the former service registers, on each of its three ports. */
@ServiceTest
class FormerRoutesTests {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final String SAMPLE =
            "{    \"name\": \"Example export payload\",    \"description\": \"This is an example export payload\",    \"data\": ["
                    + "        {            \"timestamp\": \"2018-01-01T00:00:00Z\",            \"value\": 1.0        },"
                    + "        {            \"timestamp\": \"2018-01-01T00:00:02Z\",            \"value\": 3.0        }    ]}";

    private enum Server {
        PUBLIC,
        INTERNAL,
        MANAGEMENT
    }

    @Autowired
    Api api;

    /** One is not: the internal document is on the internal port (docs/compatibility.md says why). */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "PUBLIC,     GET,    /,                                     200, text/plain",
        "PUBLIC,     GET,    /docs,                                 200, text/html",
        "PUBLIC,     GET,    /api/export/v1/openapi.json,           200, application/json",
        "PUBLIC,     GET,    /app/export/v1/openapi.json,           404, application/json",
        "INTERNAL,   GET,    /app/export/v1/openapi.json,           200, application/json",
        "PUBLIC,     GET,    /api/export/v1/ping,                   200, text/plain",
        "PUBLIC,     POST,   /api/export/v1/exports,                202, application/json",
        "PUBLIC,     POST,   /api/export/v1/exports/,               202, application/json",
        "PUBLIC,     GET,    /api/export/v1/exports,                200, application/json",
        "PUBLIC,     GET,    /api/export/v1/exports/,               200, application/json",
        "PUBLIC,     GET,    /api/export/v1/exports/{done},         200, application/zip",
        "PUBLIC,     GET,    /api/export/v1/exports/{done}/,        200, application/zip",
        "PUBLIC,     GET,    /api/export/v1/exports/{export}/status, 200, application/json",
        "PUBLIC,     DELETE, /api/export/v1/exports/{export},       200,",
        "PUBLIC,     DELETE, /api/export/v1/exports/{export}/,      200,",
        "INTERNAL,   GET,    /,                                     200, text/plain",
        "INTERNAL,   GET,    /app/export/v1/ping,                   200, text/plain",
        "INTERNAL,   GET,    /internal/export/v1/ping,              200, text/plain",
        "INTERNAL,   POST,   /app/export/v1/{export}/exampleApp/{source}/upload,      202, text/plain",
        "INTERNAL,   POST,   /internal/export/v1/{export}/exampleApp/{source}/upload, 202, text/plain",
        "INTERNAL,   POST,   /app/export/v1/{export}/exampleApp/{source}/error,       202,",
        "INTERNAL,   POST,   /internal/export/v1/{export}/exampleApp/{source}/error,  202,",
        "MANAGEMENT, GET,    /,                                     200, text/plain",
        "MANAGEMENT, GET,    /healthz,                              200, application/",
        "MANAGEMENT, GET,    /readyz,                               200, application/",
        "MANAGEMENT, GET,    /metrics,                              200, text/plain"
    })
    void isServedAsItWas(Server server, String method, String path, int status, String type) throws IOException {
        String identity = Api.someone();
        Api.Export export = api.create(identity, Api.request("json", 1));
        Api.Export done = api.create(identity, Api.request("json", 1));
        api.upload(done, 0, "[]").then().statusCode(202);
        String body = path.contains("exports") ? Api.request("json", 1) : "{\"message\":\"none\",\"error\":404}";
        try (RawConnection connection = new RawConnection(port(server))) {
            String answer = connection
                    .send("%s %s HTTP/1.1\r\nHost: export\r\nConnection: close\r\nContent-Length: %d\r\n"
                            .formatted(
                                    method,
                                    path.replace("{export}", export.id())
                                            .replace("{done}", done.id())
                                            .replace(
                                                    "{source}", export.sources().getFirst()),
                                    method.equals("POST") ? body.length() : 0))
                    .send("x-rh-identity: %s\r\nx-rh-exports-psk: %s\r\n\r\n".formatted(identity, Api.KEY))
                    .send(method.equals("POST") ? body : "")
                    .rest();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            if (type != null) {
                assertThat(answer).containsIgnoringCase("\r\nContent-Type: " + type);
            }
            assertThat(answer.endsWith("\r\n\r\nHello world")).isEqualTo(path.endsWith("/ping"));
        }
    }

    /**
     * The sample requests of its Makefile in their order, with its example files as {@code curl -d} sends them, and the errors
     * of its Postman collection.
     */
    @Test
    void itsSampleRequestsWork() {
        String identity = Api.someone();
        Response created = curl(api.as(identity), """
                {    "name": "Example Export Request",    "format": "json",    "expires_at": "2022-01-01T00:00:00Z",    "sources": [
                     {            "application": "exampleApp",            "resource": "exampleResource",            "filters": {
                     "startDate": "2022-01-01T00:00:00Z",                "endDate": "2022-03-01T00:00:00Z",                "productId": "RHEL"}},
                     {            "application": "exampleApp",            "resource": "anotherExampleResource",            "filters": {
                     "startDate": "2022-02-01T00:00:00Z",                "endDate": "2022-04-01T00:00:00Z",                "productId": "Ansible"}}]}""").post(Api.EXPORTS);
        created.then().statusCode(202);
        Api.Export export = new Api.Export(identity, created.path("id"), created.path("sources.id"));
        api.list(identity, "").then().statusCode(200).body("data.id", contains(export.id()));
        api.list(identity, "?limit=100&offset=0").then().statusCode(200).body("data.id", contains(export.id()));
        api.status(export).then().statusCode(200).body("status", equalTo("pending"));

        curl(api.application(), "not-the-name-of-a-file-but-the-body")
                .post(export.uploadPath(0))
                .then()
                .statusCode(422);
        curl(api.application(), "{\"message\":\"no number\",\"code\":9120}")
                .post(export.errorPath(1))
                .then()
                .statusCode(400)
                .body("message", equalTo("Both 'message' and 'error' are required fields"));
        curl(api.application(), SAMPLE).post(export.uploadPath(0)).then().statusCode(202);
        curl(api.application(), "{\"message\":\"not found\",\"error\":404}")
                .post(export.errorPath(1))
                .then()
                .statusCode(202);

        api.status(export).then().statusCode(200).body("status", equalTo("partial"));
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.text(export.sources().getFirst() + ".json")).isEqualTo(SAMPLE);
        assertThat(archive.manifest().at("/file_meta/0/filters/productId").asText())
                .isEqualTo("RHEL");
        api.delete(export).then().statusCode(200);
    }

    /** Two sources in CSV, delivered with an identity that nobody asks for. */
    @Test
    void theRequestsOfItsPostmanCollectionWork() {
        String identity = Api.someone();
        String csv = "report_period_start,report_period_end,interval_start,interval_end,node,node_labels\n"
                + "2022-02-01 00:00:00 +0000 UTC,2022-03-01 00:00:00 +0000 UTC,2022-02-23 11:00:00 +0000 UTC,"
                + "2022-02-23 11:59:59 +0000 UTC,fake-namespace,label_beta_kubernetes_io_arch:amd64";
        Api.Export export = api.create(identity, """
                {
                    "sources": [
                        {"application": "exampleApp", "resource": "exampleResource", "filters": {"order_by": "filter"}},
                        {"application": "exampleApp", "resource": "anotherExampleResource", "filters": {"order_by": "filter"}}
                    ],
                    "name": "export-name",
                    "format": "csv"
                }""");
        for (int source : new int[] {0, 1}) {
            api.application()
                    .contentType("text/csv")
                    .header("x-rh-identity", identity)
                    .body(csv)
                    .post(export.uploadPath(source))
                    .then()
                    .statusCode(202);
        }
        api.list(identity, "?limit=100&offset=0").then().body("data.status", contains("complete"));
        Archive archive = Archive.of(api.download(export));
        export.sources()
                .forEach(source -> assertThat(archive.text(source + ".csv")).isEqualTo(csv));
        api.delete(export).then().statusCode(200);
    }

    private static RequestSpecification curl(RequestSpecification request, String body) {
        return request.config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(FORM, ContentType.TEXT)))
                .contentType(FORM)
                .body(body);
    }

    private int port(Server server) {
        return switch (server) {
            case PUBLIC -> api.publicPort;
            case INTERNAL -> api.internalPort;
            case MANAGEMENT -> api.managementPort;
        };
    }
}
