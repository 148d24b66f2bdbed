package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.TightLimitsTest;
import com.redhat.cloud.exports.testing.Together;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Clients that stall or trickle lose their connection and what it holds (docs/limits.md). */
@TightLimitsTest
class SlowClientTests {

    private static final String UNFINISHED_HEAD = "GET /api/export/v1/ping HTTP/1.1\r\nHost: x\r\na: ";

    @Autowired
    Api api;

    @ParameterizedTest
    @ValueSource(strings = {"public", "internal", "management"})
    void aHeadThatStopsInTheMiddleIsAnswered408(String port) throws IOException {
        try (RawConnection connection = new RawConnection(api.port(port))) {
            assertTooLate(connection.send(UNFINISHED_HEAD).rest());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "public, 'GET /'",
        "internal, 'GET /'",
        "management, 'GET /'",
        "public,''",
        "internal,''",
        "management,''"
    })
    void aHeadThatComesByteByByteIsAnswered408(String port, String start) throws IOException {
        try (RawConnection connection = new RawConnection(api.port(port))) {
            connection.send(start.isEmpty() ? UNFINISHED_HEAD : start);
            trickle(connection, "x");
            assertTooLate(connection.rest());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "internal", "management"})
    void anIdleConnectionIsClosed(String port) throws IOException {
        try (RawConnection connection = new RawConnection(api.port(port))) {
            assertThat(connection.rest()).isEmpty();
        }
    }

    static Stream<String> framings() {
        return Stream.of("Content-Length: 100000\r\n", "Transfer-Encoding: chunked\r\n");
    }

    @ParameterizedTest
    @MethodSource("framings")
    void anUploadThatStallsIsAnswered408AndItsSourceStaysPending(String framing) throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), framing).send("1\r\n[\r\n");
            assertTooLate(connection.rest());
        }
        requirePending(export);
    }

    @Test
    void anUploadThatComesByteByByteIsAnswered408AndItsSourceStaysPending() throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Transfer-Encoding: chunked\r\n");
            trickle(connection, "1\r\n[\r\n");
            assertThat(connection.rest())
                    .startsWith("HTTP/1.1 408")
                    .endsWith("{\"message\":\"fewer than 10000 bytes a second for 2 s\",\"code\":408}");
        }
        requirePending(export);
    }

    @Test
    void aRequestThatStallsIsAnswered408() throws IOException {
        try (RawConnection connection = new RawConnection(api.publicPort)) {
            assertTooLate(create(connection).send("{").rest());
        }
    }

    @Test
    void aRequestThatComesByteByByteIsAnswered408() throws IOException {
        try (RawConnection connection = new RawConnection(api.publicPort)) {
            trickle(create(connection), " ");
            assertThat(connection.rest()).startsWith("HTTP/1.1 408").contains("\"code\":408");
        }
    }

    private static RawConnection create(RawConnection connection) throws IOException {
        return connection.send("POST %s HTTP/1.1\r\nHost: x\r\nx-rh-identity: %s\r\nContent-Length: 4000\r\n\r\n"
                .formatted(Api.EXPORTS, Api.someone()));
    }

    /** Answered at once; the connection is closed later. */
    @ParameterizedTest
    @ValueSource(strings = {"public", "internal"})
    void theBodyOfARefusedRequestIsAwaitedForALimitedTime(String port) throws IOException {
        try (RawConnection connection = new RawConnection(api.port(port))) {
            connection.send("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
            assertThat(connection.head()).startsWith("HTTP/1.1 404");
            assertThat(connection.read(34)).isEqualTo("{\"message\":\"not found\",\"code\":404}");
            trickle(connection, "x");
        }
    }

    /** Six times the minimum, in a window of TCP as large as the client's system makes it. */
    @Test
    void aDownloadThatIsTakenSlowlyButSteadilyIsNotCutOff() throws IOException {
        Api.Export export = largeExport();
        try (RawConnection slow = new RawConnection(api.publicPort)) {
            slow.send("GET %s/%s HTTP/1.1\r\nHost: x\r\nx-rh-identity: %s\r\n\r\n"
                    .formatted(Api.EXPORTS, export.id(), export.identity()));
            assertThat(slow.head()).startsWith("HTTP/1.1 200");
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> {
                        assertThat(slow.read(6554)).hasSize(6554);
                        return System.nanoTime() > end;
                    });
            // It is still served: more than the buffers between the two hold comes.
            assertThat(slow.read(16 * 1024 * 1024)).hasSize(16 * 1024 * 1024);
        }
    }

    @Test
    void anIdleConnectionIsKeptLongerBetweenRequests() {
        Together.call(Stream.of(api.publicPort, api.internalPort, api.managementPort)
                .map(SlowClientTests::keepIdle)
                .toList());
    }

    private static Callable<Void> keepIdle(int port) {
        return () -> {
            try (RawConnection connection = new RawConnection(port)) {
                for (int i = 0; i < 2; i++) {
                    assertThat(connection
                                    .send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                                    .head())
                            .startsWith("HTTP/1.1 200");
                    long next = System.nanoTime() + Duration.ofMillis(4500).toNanos();
                    await().atMost(Duration.ofSeconds(10)).until(() -> System.nanoTime() > next);
                }
                assertThat(connection.rest()).isEmpty();
            }
            return null;
        };
    }

    @Test
    void aDownloadThatIsNotReadIsCutOffAndMakesWayForAnother() throws IOException {
        Api.Export export = largeExport();
        String path = Api.EXPORTS + "/" + export.id();
        try (RawConnection stalled = new RawConnection(api.publicPort)) {
            stalled.send("GET %s HTTP/1.1\r\nHost: x\r\nx-rh-identity: %s\r\n\r\n".formatted(path, export.identity()));
            assertThat(stalled.head()).startsWith("HTTP/1.1 200");

            // It is the only one that its organisation may have.
            api.download(export)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", equalTo("10"))
                    .contentType("application/json")
                    .body("message", equalTo("too many downloads at the moment"));
            api.as(export.identity())
                    .get(path + "/sources/" + export.sources().getFirst() + "/preview")
                    .then()
                    .statusCode(429)
                    .body("message", equalTo("too many downloads at the moment"));
            await().pollInterval(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> api.as(export.identity())
                                    .header("Range", "bytes=0-9")
                                    .get(path)
                                    .statusCode()
                            == 206);
        }
    }

    private Api.Export largeExport() {
        Api.Export export = api.create("json", 1);
        String random = new Random(4)
                .ints(40 * 1024 * 1024, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        api.upload(export, 0, "\"" + random + "\"").then().statusCode(202);
        return export;
    }

    private void requirePending(Api.Export export) {
        api.status(export).then().body("status", equalTo("pending"));
        api.upload(export, 0, "[1]").then().statusCode(202);
    }

    private static void assertTooLate(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 408")
                .containsIgnoringCase("Content-Type: application/json")
                .endsWith("{\"message\":\"the request did not arrive in time\",\"code\":408}");
    }

    /** Sends the text again and again until the server answers or closes the connection. */
    private static void trickle(RawConnection connection, String text) {
        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    if (connection.hasAnswer()) {
                        return true;
                    }
                    try {
                        connection.send(text);
                        return false;
                    } catch (IOException gone) {
                        return true;
                    }
                });
    }
}
