package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.OtherSettingsTest;
import com.redhat.cloud.exports.testing.RawConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A client gets the refusal of a request that it is still sending, and no broken connection. */
@OtherSettingsTest
class RefusedWhileSendingTests {

    /** More than the buffers of a connection hold. */
    private static final byte[] BODY = blanks(12);

    /** The beginning of JSON, so that only its size is wrong. */
    private static byte[] blanks(int mebibytes) {
        byte[] blanks = new byte[mebibytes * 1024 * 1024];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }

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
                arguments(422, "upload without JSON"),
                arguments(413, "error"),
                arguments(405, "management"));
    }

    /** Creates what the request needs anew each time. */
    private HttpRequest.Builder request(String what) {
        Api.Export export = api.create("json", 1);
        return switch (what) {
            case "public without an identity" -> to(api.publicPort, Api.EXPORTS);
            case "public with a wrong key" ->
                to(api.publicPort, Api.EXPORTS)
                        .header("x-rh-identity", Api.someone())
                        .header("x-rh-exports-psk", "wrong");
            case "public path that is not there" -> to(api.publicPort, "/nowhere");
            case "public method" -> to(api.publicPort, "/docs");
            case "public body" -> to(api.publicPort, Api.EXPORTS).header("x-rh-identity", Api.someone());
            case "internal with a wrong key" ->
                to(api.internalPort, export.uploadPath(0)).header("x-rh-exports-psk", "wrong");
            case "upload for nobody" ->
                upload(export.uploadPath(0).replace(export.id(), "00000000-0000-0000-0000-000000000000"));
            case "upload of other data" -> {
                api.upload(export, 0, "[1]").then().statusCode(202);
                yield upload(export.uploadPath(0));
            }
            case "upload of another application" ->
                to(0, export.uploadPath(0).replace("/exampleApp/", "/other/"))
                        .header("x-rh-exports-psk", "key-of-the-other");
            case "upload" -> upload(export.uploadPath(0));
            case "upload without JSON" -> upload(export.uploadPath(0));
            case "error" -> upload(export.errorPath(0));
            case "management" -> to(api.managementPort, "/healthz");
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static HttpRequest.Builder upload(String path) {
        return to(0, path).header("x-rh-exports-psk", Api.KEY);
    }

    private static HttpRequest.Builder to(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aClientThatSendsItsBodyGetsTheAnswer(int status, String what) throws Exception {
        byte[] body = what.equals("upload") ? blanks(70) : BODY;
        int times = what.equals("upload") ? 1 : 3;
        Supplier<BodyPublisher> known = () -> BodyPublishers.ofByteArray(body);
        Supplier<BodyPublisher> chunked = () -> BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (boolean expect : new boolean[] {true, false}) {
                for (Supplier<BodyPublisher> publisher : List.of(known, chunked)) {
                    for (int i = 0; i < times; i++) {
                        HttpRequest.Builder request = request(what);
                        HttpRequest built = request.expectContinue(expect)
                                .POST(publisher.get())
                                .build();
                        if (built.uri().getPort() == 0) {
                            built = request.uri(URI.create("http://localhost:" + api.internalPort
                                            + built.uri().getPath()))
                                    .build();
                        }
                        HttpResponse<String> response = client.send(built, BodyHandlers.ofString());
                        assertThat(response.statusCode()).isEqualTo(status);
                        assertThat(response.body()).contains("\"code\":" + status);
                    }
                }
            }
        }
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
