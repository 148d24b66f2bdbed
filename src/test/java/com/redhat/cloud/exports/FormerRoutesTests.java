package com.redhat.cloud.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every route that the former service registers, on each of its three ports. */
@ServiceTest
class FormerRoutesTests {

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

    private int port(Server server) {
        return switch (server) {
            case PUBLIC -> api.publicPort;
            case INTERNAL -> api.internalPort;
            case MANAGEMENT -> api.managementPort;
        };
    }
}
