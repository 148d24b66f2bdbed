package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.LargePost;
import com.redhat.cloud.exports.testing.LargePost.Request;
import com.redhat.cloud.exports.testing.OtherSettingsTest;
import com.redhat.cloud.exports.testing.RawConnection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A client gets the refusal of a request that it is still sending, and no broken connection. */
@OtherSettingsTest
class RefusedWhileSendingTests {

    private static final byte[] BODY = LargePost.blanks(12);

    @Autowired
    Api api;

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(400, "public without an identity"),
                arguments(401, "public with a wrong key"),
                arguments(404, "public path that is not there"),
                arguments(405, "public method"),
                arguments(413, "public body"),
                arguments(401, "internal with a wrong key"),
                arguments(404, "upload for nobody"),
                arguments(410, "upload of other data"),
                arguments(413, "upload"),
                arguments(403, "upload of another application"),
                arguments(415, "upload in a coding"),
                arguments(422, "upload without JSON"),
                arguments(413, "error"),
                arguments(405, "management"));
    }

    /** Creates what the request needs anew each time. */
    private Request request(String what) {
        Api.Export export = api.create("json", 1);
        String upload = export.uploadPath(0);
        return switch (what) {
            case "public without an identity" -> new Request(api.publicPort, Api.EXPORTS, Map.of());
            case "public with a wrong key" ->
                new Request(
                        api.publicPort,
                        Api.EXPORTS,
                        Map.of("x-rh-identity", Api.someone(), "x-rh-exports-psk", "wrong"));
            case "public path that is not there" -> new Request(api.publicPort, "/nowhere", Map.of());
            case "public method" -> new Request(api.publicPort, "/docs", Map.of());
            case "public body" -> new Request(api.publicPort, Api.EXPORTS, Map.of("x-rh-identity", Api.someone()));
            case "internal with a wrong key" -> internal(upload, "wrong", Map.of());
            case "upload for nobody" ->
                internal(upload.replace(export.id(), "00000000-0000-0000-0000-000000000000"), Api.KEY, Map.of());
            case "upload of other data" -> {
                api.upload(export, 0, "[1]").then().statusCode(202);
                yield internal(upload, Api.KEY, Map.of());
            }
            case "upload of another application" ->
                internal(upload.replace("/exampleApp/", "/other/"), "key-of-the-other", Map.of());
            case "upload in a coding" -> internal(upload, Api.KEY, Map.of("Content-Encoding", "br"));
            case "upload", "upload without JSON" -> internal(upload, Api.KEY, Map.of());
            case "error" -> internal(export.errorPath(0), Api.KEY, Map.of());
            case "management" -> new Request(api.managementPort, "/healthz", Map.of());
            default -> throw new IllegalArgumentException(what);
        };
    }

    private Request internal(String path, String key, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("x-rh-exports-psk", key);
        return new Request(api.internalPort, path, all);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aClientThatSendsItsBodyGetsTheAnswer(int status, String what) throws Exception {
        byte[] body = what.equals("upload") ? LargePost.blanks(70) : BODY;
        assertThat(LargePost.send(() -> request(what), body, what.equals("upload") ? 1 : 3))
                .allSatisfy(response -> {
                    assertThat(response.statusCode()).isEqualTo(status);
                    assertThat(response.body()).contains("\"code\":" + status);
                });
    }

    /** Requests that the container refuses by their headers. */
    @ParameterizedTest
    @ValueSource(strings = {"public", "internal", "management"})
    void soDoesAClientThatSendsAllBeforeItReads(String port) throws IOException {
        for (String header : List.of("Host: x y", "Host: x\r\nExpect: frob", "Host: x\r\n" + "a: b\r\n".repeat(200))) {
            try (RawConnection connection = new RawConnection(api.port(port))) {
                connection.send("POST /x HTTP/1.1\r\nContent-Length: %d\r\n%s\r\n\r\n".formatted(BODY.length, header));
                connection.send(BODY, BODY.length);
                assertThat(connection.rest()).startsWith("HTTP/1.1 4").contains("\"code\":4");
            }
        }
    }

    /** What is read of it is bounded. */
    @ParameterizedTest
    @ValueSource(strings = {"public", "internal"})
    void aClientThatNeverStopsIsCutOff(String port) throws IOException {
        try (RawConnection connection = new RawConnection(api.port(port))) {
            connection.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\n");
            long sent = 0;
            try {
                while (sent < 1_000_000_000) {
                    connection.send(BODY, BODY.length);
                    sent += BODY.length;
                }
            } catch (IOException cutOff) {
                // As expected.
                assertThat(sent).isGreaterThan(50 * 1024 * 1024);
            }
            assertThat(sent).isLessThan(200 * 1024 * 1024);
        }
    }
}
