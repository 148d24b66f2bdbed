package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Methods, and errors of the container itself, in the form of any other error (contract section 2). */
@ServiceTest
class WireTests {

    private static final String EXPORT = Api.EXPORTS + "/00000000-0000-0000-0000-000000000000";
    private static final String UPLOAD = Api.INTERNAL + "a/b/c/upload";

    @Autowired
    Api api;

    @ParameterizedTest
    @CsvSource({
        "PUT,     /,                              'GET, HEAD'",
        "POST,    /docs,                          'GET, HEAD'",
        "DELETE,  /api/export/v1/openapi.json,    'GET, HEAD'",
        "POST,    /api/export/v1/ping,            'GET, HEAD'",
        "PUT,     /api/export/v1/exports,         'GET, HEAD, POST'",
        "DELETE,  /api/export/v1/exports/,        'GET, HEAD, POST'",
        "PATCH,   /api/export/v1/exports,         'GET, HEAD, POST'",
        "OPTIONS, /api/export/v1/exports,         'GET, HEAD, POST'",
        "TRACE,   /api/export/v1/exports,         'GET, HEAD, POST'",
        "FROB,    /api/export/v1/exports,         'GET, HEAD, POST'",
        "get,     /api/export/v1/exports,         'GET, HEAD, POST'",
        "POST,    " + EXPORT + ",                 'DELETE, GET, HEAD'",
        "PUT,     " + EXPORT + "/,                'DELETE, GET, HEAD'",
        "DELETE,  " + EXPORT + "/status,          'GET, HEAD'",
        "POST,    " + EXPORT + "/status,          'GET, HEAD'"
    })
    void allowNamesTheMethodsOfThePath(String method, String path, String allow) throws IOException {
        assertRefused(request(api.publicPort, method, path), 405, "method not allowed", allow);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    " + UPLOAD + ",                            POST",
        "PUT,    " + UPLOAD + ",                            POST",
        "DELETE, /internal/export/v1/error/a/b/c,           POST",
        "GET,    /internal/export/v1/a/urn%253Ax%253Ay/c/error/, POST",
        "POST,   /app/export/v1/openapi.json,               'GET, HEAD'",
        "POST,   /app/export/v1/ping,                       'GET, HEAD'",
        "DELETE, /internal/export/v1/ping,                  'GET, HEAD'"
    })
    void allowNamesTheMethodsOnTheInternalPort(String method, String path, String allow) throws IOException {
        assertRefused(request(api.internalPort, method, path), 405, "method not allowed", allow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "TRACE", "PUT", "FROB", "HEAD"})
    void anUnknownPathHasNoMethods(String method) throws IOException {
        assertThat(request(api.publicPort, method, "/api/export/v1/nope"))
                .startsWith("HTTP/1.1 404")
                .doesNotContain("Allow:");
    }

    /** Requests that reach no route, with their statuses. */
    static Stream<List<Object>> refusedByTheContainer() {
        String line = "GET /api/export/v1/ping HTTP/1.1\r\n";
        return Stream.of(
                List.of(400, "FROB\r\n\r\n"),
                List.of(400, "\u0000\u0001\u0002\r\n\r\n"),
                List.of(400, "GET /\\x HTTP/1.1\r\nHost: x\r\n\r\n"),
                List.of(400, "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n"),
                List.of(400, "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"),
                List.of(414, "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
                List.of(505, "GET / HTTP/3.7\r\nHost: x\r\n\r\n"),
                List.of(400, line + "\r\n"),
                List.of(400, line + "Host: x y\r\n\r\n"),
                List.of(400, line + "Host: x\r\na b: c\r\n\r\n"),
                List.of(400, line + "Host: x\r\na: \u0001\r\n\r\n"),
                List.of(431, line + "Host: x\r\na: " + "x".repeat(33 * 1024) + "\r\n\r\n"),
                List.of(431, line + "Host: x\r\n" + "a: b\r\n".repeat(200) + "\r\n"),
                List.of(400, line + "Host: x\r\nContent-Length: x\r\n\r\n"),
                List.of(400, line + "Host: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
                List.of(501, line + "Host: x\r\nTransfer-Encoding: frob\r\n\r\n"),
                List.of(417, line + "Host: x\r\nExpect: frob\r\n\r\n"),
                List.of(501, "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("refusedByTheContainer")
    void errorsOfTheContainerAreJsonToo(List<Object> request) throws IOException {
        for (int port : List.of(api.publicPort, api.internalPort, api.managementPort)) {
            String answer = send(port, (String) request.get(1));
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + request.get(0))
                    .containsIgnoringCase("Content-Type: application/json")
                    .endsWith("\"code\":" + request.get(0) + "}");
            assertDoesNotNameTheSoftware(answer);
        }
    }

    @Test
    void aHeaderBlockBelowTheLimitPasses() throws IOException {
        assertThat(send(
                        api.publicPort,
                        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\na: " + "x".repeat(31 * 1024) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz=1", "name=%", "name=%C3%", "name=%+1"})
    void aQueryThatIsNotPercentEncodedIsRefused(String query) throws IOException {
        assertThat(request(api.publicPort, "GET", Api.EXPORTS + "?" + query))
                .startsWith("HTTP/1.1 400")
                .endsWith("{\"message\":\"the query string is not percent-encoded as it should be\",\"code\":400}");
    }

    @Test
    void headIsGetWithoutTheBody() throws IOException {
        Api.Export export = api.create("json", 1);
        for (String path : List.of(
                "/", "/docs", "/api/export/v1/ping", Api.EXPORTS, Api.EXPORTS + "/" + export.id() + "/status")) {
            String get = request(api.publicPort, "GET", path, export.identity());
            String head = request(api.publicPort, "HEAD", path, export.identity());
            assertThat(head).as(path).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
            assertThat(length(head)).as(path).isEqualTo(length(get));
        }
        assertThat(request(api.publicPort, "HEAD", EXPORT))
                .startsWith("HTTP/1.1 404")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aClientThatExpectsContinueGetsTheRefusalInstead() throws IOException {
        assertThat(send(
                        api.publicPort,
                        "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
                                .formatted(Api.EXPORTS)))
                .startsWith("HTTP/1.1 400")
                .contains("missing x-rh-identity header");
    }

    @Test
    void noAnswerNamesTheServer() throws IOException {
        for (String path : List.of("/", "/docs", "/nope", "/api/export/v1/ping", EXPORT, Api.EXPORTS + "?limit=x")) {
            assertDoesNotNameTheSoftware(request(api.publicPort, "GET", path));
        }
    }

    private static void assertDoesNotNameTheSoftware(String answer) {
        assertThat(answer.toLowerCase(Locale.ROOT))
                .doesNotContain(
                        "tomcat",
                        "coyote",
                        "catalina",
                        "spring",
                        "camel",
                        "java",
                        "\tat ",
                        "server:",
                        "x-powered-by",
                        "<html>");
    }

    private static void assertRefused(String answer, int status, String message, String allow) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("\r\nAllow: " + allow + "\r\n", "\r\nContent-Type: application/json\r\n")
                .endsWith("{\"message\":\"%s\",\"code\":%d}".formatted(message, status));
    }

    private static String length(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("Content-Length:"))
                .findFirst()
                .orElse("none");
    }

    private static String request(int port, String method, String path) throws IOException {
        return request(port, method, path, Api.someone());
    }

    private static String request(int port, String method, String path, String identity) throws IOException {
        return send(
                port,
                "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-rh-identity: %s\r\nx-rh-exports-psk: %s\r\n\r\n"
                        .formatted(method, path, identity, Api.KEY));
    }

    private static String send(int port, String request) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            return connection.send(request).rest();
        }
    }
}
