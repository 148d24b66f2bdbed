package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Requests that Tomcat refuses before a servlet sees them, and those that it would refuse but real clients send. */
@ServiceTest
class ContainerRefusalTests {

    private static final Pattern ID = Pattern.compile("(?i)\r\nx-(?:rh-insights-)?request-id: (\\S+)\r\n");

    @Autowired
    Api api;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void capture() {
        log.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterEach
    void release() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    }

    static Stream<Arguments> refusals() {
        String line = "GET / HTTP/1.1\r\n";
        String method = "the request line does not begin with a method";
        String target = "the path or query contains a character that must be percent-encoded";
        String path = "the path is not valid: it must be percent-encoded, and must not lead out of the root";
        String host = "the Host header is not a host name with an optional port";
        String header = "a header line is not a name, a colon and a value";
        String length = "the Content-Length is not one number";
        return Stream.of(
                arguments(400, method, "\u0000\u0001\r\n\r\n"),
                arguments(400, method, "FR{OB / HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, target, "GET /?a=\u0001 HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, target, "GET /?a#b HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, target, "GET /a\u007fb HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(
                        400, "the request line does not end with HTTP/1.1", "GET /?a=b c HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, path, "GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, path, "GET /a[b] HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, path, "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, path, "GET /../x HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, path, "GET * HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, path, "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(400, "the request must have one Host header", line + "\r\n"),
                arguments(400, "the request must have one Host header", line + "Host: x\r\nHost: x\r\n\r\n"),
                arguments(400, host, line + "Host: x y\r\n\r\n"),
                arguments(400, host, line + "Host: x:port\r\n\r\n"),
                arguments(400, host, line + "Host: x:123456\r\n\r\n"),
                arguments(400, host, line + "Host: x/y\r\n\r\n"),
                arguments(400, host, line + "Host: user@x\r\n\r\n"),
                arguments(400, host, line + "Host: [::1\r\n\r\n"),
                arguments(400, header, line + "Host: x\r\na b: c\r\n\r\n"),
                arguments(400, header, line + "Host: x\r\na\r\n\r\n"),
                arguments(400, header, line + "Host: x\r\na: \u0001\r\n\r\n"),
                arguments(400, length, line + "Host: x\r\nContent-Length: x\r\n\r\n"),
                arguments(400, length, line + "Host: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
                arguments(414, "the request line is too long", "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\n\r\n"),
                arguments(
                        417,
                        "the service meets no expectation but 100-continue",
                        line + "Host: x\r\nExpect: x\r\n\r\n"),
                arguments(
                        431,
                        "the request headers are too large",
                        line + "Host: x\r\n" + "a: b\r\n".repeat(200) + "\r\n"),
                arguments(
                        431,
                        "the request headers are too large",
                        line + "Host: x\r\na: " + "x".repeat(33 * 1024) + "\r\n\r\n"),
                arguments(501, "not implemented", line + "Host: x\r\nTransfer-Encoding: frob\r\n\r\n"),
                arguments(501, "not implemented", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n"),
                arguments(505, "HTTP version not supported", "GET / HTTP/3.7\r\nHost: x\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalSaysWhatIsWrongHasAnIdAndIsLoggedAndCounted(int status, String message, String request)
            throws IOException {
        for (int port : List.of(api.publicPort, api.internalPort, api.managementPort)) {
            double counted = counted(status);
            String answer = send(port, request);
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .containsIgnoringCase("\r\nContent-Type: application/json")
                    .contains("\r\nX-Content-Type-Options: nosniff\r\n", "\r\nCache-Control: no-store\r\n")
                    .endsWith("{\"message\":\"%s\",\"code\":%d}".formatted(message, status));
            Matcher id = ID.matcher(answer);
            assertThat(id.find()).isTrue();
            assertThat(log.list)
                    .filteredOn(event ->
                            id.group(1).equals(event.getMDCPropertyMap().get("request_id")))
                    .singleElement()
                    .matches(event -> event.getLevel() == Level.INFO)
                    .extracting(ILoggingEvent::getFormattedMessage, as(STRING))
                    .contains("port " + port, Integer.toString(status), message);
            assertThat(counted(status)).isEqualTo(counted + 1);
        }
    }

    /** Of all methods. */
    private double counted(int status) {
        return api.anyone(api.managementPort)
                .get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("export_service_http_requests_total{code=\"" + status + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void aRefusalKeepsTheIdThatTheCallerSent() throws IOException {
        assertThat(send(api.internalPort, "GET /a[b] HTTP/1.1\r\nHost: x\r\nX-Request-Id: mine\r\n\r\n"))
                .contains("\r\nX-Request-Id: mine\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export_service:8000",
                "_x",
                "a_b.c-d_:1",
                "1export:8000",
                "a..b",
                "x.",
                "-x-",
                "x:",
                "[::1]:8000",
                "192.168.0.1",
                "999.1.1.1",
                "a%20b",
                ""
            })
    void hostsOfContainersAndOfGoClientsAreTaken(String host) throws IOException {
        for (int port : List.of(api.publicPort, api.internalPort, api.managementPort)) {
            assertThat(send(port, "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            if (!host.isEmpty()) {
                assertThat(send(
                                port,
                                "GET http://%s/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                        .formatted(host, host)))
                        .startsWith("HTTP/1.1 200");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a]", "{a}", "a|b", "a^b", "a\\b", "a`b", "\"a\"", "<a>", "\u00e9\u4e16\ud83d\ude00"})
    void aQueryMayHoldWhatClientsSendRaw(String name) throws IOException {
        String identity = Api.someone();
        api.create(
                identity,
                Api.request("json", 1)
                        .replace("Example", name.replace("\\", "\\\\").replace("\"", "\\\"")));
        api.create(identity, Api.request("json", 1));
        assertThat(send(
                        api.publicPort,
                        "GET %s?name=%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx-rh-identity: %s\r\n\r\n"
                                .formatted(Api.EXPORTS, name, identity)))
                .startsWith("HTTP/1.1 200")
                .contains("\"meta\":{\"count\":1}");
        assertThat(send(api.internalPort, "GET /?a=" + name + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(send(api.managementPort, "GET /?a=" + name + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({"public, 'DELETE, GET, HEAD, POST'", "internal, 'GET, HEAD, POST'", "management, 'GET, HEAD'"})
    void optionsOfTheServerListsTheMethodsOfThePort(String port, String allow) throws IOException {
        String answer = send(api.port(port), "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("\r\nAllow: " + allow + "\r\n", "\r\nContent-Length: 0\r\n", "nosniff")
                .containsPattern(ID)
                .endsWith("\r\n\r\n");
        api.anyone(api.port(port)).get("/").then().statusCode(equalTo(200));
    }

    private static String send(int port, String request) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            return connection.send(request).rest();
        }
    }
}
