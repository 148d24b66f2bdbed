package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.LargePost;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.TightLimitsTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.services.s3.S3Client;

/** What a client sees at each limit of docs/limits.md that is not about time. */
@TightLimitsTest
class LimitTests {

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    private static void refused(Response response, int status, String message) {
        response.then()
                .statusCode(status)
                .contentType("application/json")
                .body("message", equalTo(message))
                .body("code", equalTo(status));
    }

    private Response post(String fields, String filters) {
        String source = "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":%s}";
        return api.post(
                Api.someone(), "{%s\"format\":\"json\",\"sources\":[%s]}".formatted(fields, source.formatted(filters)));
    }

    @Test
    void bodies() {
        String message = "the request body is larger than 4096 bytes";
        String body = Api.request("json", 1);
        api.post(Api.someone(), body + " ".repeat(4096 - body.length())).then().statusCode(202);
        refused(api.post(Api.someone(), body + " ".repeat(4097 - body.length())), 413, message);
        Api.Export export = api.create("json", 1);
        refused(api.error(export, 0, "{\"message\":\"m\",\"error\":1}" + " ".repeat(4096)), 413, message);
    }

    @Test
    void aTooLargeContentLengthIsRefusedBeforeTheBody() throws IOException {
        try (RawConnection connection = new RawConnection(api.publicPort)) {
            connection.send(
                    "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4097\r\nx-rh-identity: %s\r\n\r\n"
                            .formatted(Api.EXPORTS, Api.someone()));
            assertThat(connection.head()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void chunkedBodies() throws IOException {
        try (RawConnection connection = new RawConnection(api.publicPort)) {
            connection.send(
                    "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nx-rh-identity: %s\r\n\r\n"
                            .formatted(Api.EXPORTS, Api.someone()));
            for (int i = 0; i < 5; i++) {
                connection.sendChunk(" ".repeat(1000));
            }
            assertThat(connection.head()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void chunkExtensionsAndTrailers() throws IOException {
        for (String rest : List.of("1;a=%s\r\n1\r\n0\r\n\r\n", "1\r\n1\r\n0\r\na: %s\r\n\r\n")) {
            Api.Export export = api.create("json", 1);
            try (RawConnection connection = new RawConnection(api.internalPort)) {
                connection
                        .post(export.uploadPath(0), "Transfer-Encoding: chunked\r\n")
                        .send(rest.formatted("x".repeat(300)));
                assertThat(connection.head()).startsWith("HTTP/1.1 400");
            }
            try (RawConnection connection = new RawConnection(api.internalPort)) {
                connection
                        .post(export.uploadPath(0), "Transfer-Encoding: chunked\r\n")
                        .send(rest.formatted("x".repeat(100)));
                assertThat(connection.head()).startsWith("HTTP/1.1 202");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"public,/", "internal,/", "management,/healthz"})
    void headers(String port, String path) throws IOException {
        int number = api.port(port);
        assertThat(get(number, path, "a: " + "x".repeat(7000) + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(get(number, path, "a: b\r\n".repeat(18))).startsWith("HTTP/1.1 200");
        assertThat(get(number, path, "a: " + "x".repeat(9000) + "\r\n"))
                .startsWith("HTTP/1.1 431")
                .endsWith("{\"message\":\"the request headers are too large\",\"code\":431}");
        assertThat(get(number, path, "a: b\r\n".repeat(19)))
                .startsWith("HTTP/1.1 431")
                .endsWith("{\"message\":\"the request headers are too large\",\"code\":431}");
        assertThat(get(number, "/" + "x".repeat(9000), ""))
                .startsWith("HTTP/1.1 414")
                .endsWith("{\"message\":\"the request line is too long\",\"code\":414}");
    }

    private static String get(int port, String path, String headers) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            return connection
                    .send("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n".formatted(path, headers))
                    .rest();
        }
    }

    @Test
    void depthOfJson() {
        post("", "{\"a\":" + "[".repeat(6) + "]".repeat(6) + "}").then().statusCode(202);
        post("", "{\"a\":" + "[".repeat(7) + "]".repeat(7) + "}")
                .then()
                .statusCode(400)
                .body("message", matchesPattern("JSON over the limits.*"));
    }

    @Test
    void lengthOfTexts() {
        post("\"x\":\"%s\",".formatted("t".repeat(1000)), "{}").then().statusCode(202);
        for (String fields : List.of("\"x\":\"%s\",", "\"%s\":1,")) {
            post(fields.formatted("t".repeat(1001)), "{}")
                    .then()
                    .statusCode(400)
                    .body("message", matchesPattern("JSON over the limits.*"));
        }
        post("\"name\":\"%s\",".formatted("n".repeat(20)), "{}").then().statusCode(202);
        refused(post("\"name\":\"%s\",".formatted("n".repeat(21)), "{}"), 400, "'name' is longer than 20 characters");
    }

    @Test
    void numberOfSources() {
        api.post(Api.someone(), Api.request("json", 3)).then().statusCode(202);
        String identity = Api.someone();
        refused(api.post(identity, Api.request("json", 4)), 413, "more than 3 sources");
        api.list(identity, "").then().body("meta.count", equalTo(0));
    }

    @Test
    void sizeOfFilters() {
        String largest = "{\"a\":\"%s\"}".formatted("f".repeat(192));
        post("", largest).then().statusCode(202);
        refused(post("", largest.replace("a", "ab")), 413, "the filters of a source are larger than 200 bytes");
    }

    @Test
    void lengthOfPages() {
        String identity = Api.someone();
        for (int i = 0; i < 3; i++) {
            api.create(identity, Api.request("json", 1));
        }
        for (String query : List.of("", "?limit=1000")) {
            api.list(identity, query)
                    .then()
                    .statusCode(200)
                    .body("meta.count", equalTo(3))
                    .body("data", hasSize(2))
                    .body("links.next", matchesPattern(".*[?]limit=2&offset=2"));
        }
    }

    @ParameterizedTest
    @CsvSource({"json,'[1,2,3]','[1,2,3,4]'", "json,'{\"data\":[[1,2],3,4]}','{\"data\":[1,2,3,4]}'"})
    void rowsOfJson(String format, String largest, String tooMany) {
        rows(format, largest, tooMany);
    }

    @Test
    void rowsOfCsv() {
        rows("csv", "a\n1\n2", "a\n1\n2\n3");
        rows("csv", "a\n1\n2\n", "a\n1\n2\n3\n");
    }

    private void rows(String format, String largest, String tooMany) {
        Api.Export export = api.create(format, 2);
        api.upload(export, 0, largest).then().statusCode(202);
        refused(api.upload(export, 1, tooMany), 413, "payload has too many rows, max: 3");
        api.status(export).then().body("status", equalTo("partial")).body("sources[1].error", equalTo(413));
        assertThat(new Bucket(s3).objects(export)).hasSize(1);
    }

    @Test
    void depthOfJsonInUploads() {
        Api.Export export = api.create("json", 1);
        api.upload(export, 0, "[[[[]]]]").then().statusCode(422);
        api.upload(export, 0, "[[[]]]").then().statusCode(202);
    }

    @Test
    void requestsPerOrganisation() throws Exception {
        String flooder = Api.someone();
        List<Response> answers = new ArrayList<>();
        do {
            answers.add(api.list(flooder, ""));
        } while (answers.getLast().statusCode() == 200 && answers.size() < 200);
        refused(answers.getLast(), 429, "too many requests");
        assertThat(answers.getLast().header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answers).hasSizeGreaterThan(20);
        api.list(Api.someone(), "").then().statusCode(200);

        // Also to a client that is still sending. Once a second a request passes, and has too large a body.
        var request = new LargePost.Request(api.publicPort, Api.EXPORTS, Map.of("x-rh-identity", flooder));
        assertThat(LargePost.send(() -> request, LargePost.blanks(12), 2))
                .extracting(HttpResponse::statusCode)
                .contains(429)
                .isSubsetOf(413, 429);
    }

    /** Further connections wait until one ends; none is refused. */
    @ParameterizedTest
    @CsvSource({"internal,/", "management,/healthz"})
    void connectionsPerPort(String port, String path) throws IOException {
        List<RawConnection> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                idle.add(new RawConnection(api.port(port)));
            }
            try (RawConnection next = new RawConnection(api.port(port))) {
                assertThat(next.send("GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path))
                                .head())
                        .startsWith("HTTP/1.1 200");
            }
        } finally {
            for (RawConnection connection : idle) {
                connection.close();
            }
        }
    }
}
