package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.restassured.response.Response;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Identities and keys are in no log, metric, answer or thread name (contract section 2). */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

    private static final String WRONG_KEY = "wrong-key-0123456789";
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJpc3N1ZXIifQ.c2lnbmF0dXJl";

    private final String user = "user-" + UUID.randomUUID();
    private final String identity = Api.identity("org-" + UUID.randomUUID(), user);
    private final List<Response> answers = new ArrayList<>();

    @Autowired
    Api api;

    @Autowired
    LoggingSystem logging;

    @Autowired
    JdbcClient database;

    @TempDir
    Path directory;

    /** Logs as much as LOG_LEVEL allows, and Camel, whose level it does not set, as much as an operator might make it. */
    @Test
    void identitiesAndKeysAreShownNowhere(CapturedOutput log) throws IOException {
        List<String> secrets = List.of(identity, user, Api.KEY, WRONG_KEY, TOKEN);
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.TRACE);
        logging.setLogLevel("org.apache.camel", LogLevel.TRACE);
        // The client of this test, which is in the same process.
        logging.setLogLevel("org.apache.http", LogLevel.INFO);
        String threads;
        try {
            threads = useTheService();
        } finally {
            logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
            logging.setLogLevel("org.apache.camel", LogLevel.WARN);
        }
        assertThat(log.toString()).as("the log has lines of all levels").contains("DEBUG c.r.", "TRACE o.a.camel");
        assertThat(log.toString().lines().filter(line -> secrets.stream().anyMatch(line::contains)))
                .as("lines of the log")
                .isEmpty();
        assertThat(threads).contains("upload").doesNotContain(secrets);
        for (String path : new String[] {"/metrics", "/health", "/health/degraded"}) {
            assertThat(api.anyone(api.managementPort).get(path).asString()).doesNotContain(secrets);
        }
        for (Response answer : answers) {
            assertThat(answer.headers().toString() + answer.asString()).doesNotContain(secrets);
        }
    }

    /** @return a thread dump from the middle of an upload */
    private String useTheService() throws IOException {
        Api.Export export = api.create(identity, Api.request("json", 3));
        Path dump = directory.resolve("threads");
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection
                    .post(export.uploadPath(0), "Transfer-Encoding: chunked\r\n")
                    .sendChunk("[1");
            await().until(() -> database.sql("select count(*) from pending_deletions where storage_key like ?")
                            .param("%" + export.sources().getFirst() + "%")
                            .query(Integer.class)
                            .single()
                    > 0);
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
        }
        try (RequestTopic topic = new RequestTopic()) {
            topic.of(export.sources());
        }
        answers.add(api.upload(export, 1, "[1]"));
        answers.add(api.upload(export, 1, "[2]"));
        answers.add(api.upload(export, 2, "[1"));
        answers.add(api.error(export, 2, "{}"));
        answers.add(api.error(export, 2, "{\"message\":\"none\",\"error\":5}"));
        answers.add(api.anyone(api.internalPort)
                .header("x-rh-exports-psk", WRONG_KEY)
                .post(export.uploadPath(0)));
        answers.add(api.anyone(api.internalPort)
                .header("x-rh-exports-psk", WRONG_KEY, Api.KEY)
                .post(export.uploadPath(0)));
        answers.add(api.anyone(api.internalPort)
                .header("Authorization", "Bearer " + TOKEN)
                .post(export.uploadPath(0)));
        answers.add(api.as(identity).header("x-rh-exports-psk", WRONG_KEY).get(Api.EXPORTS));
        answers.add(api.as(identity).header("x-rh-exports-psk", Api.KEY).get(Api.EXPORTS));
        answers.add(api.as(identity + "!").get(Api.EXPORTS));
        answers.add(api.as(identity.substring(4)).get(Api.EXPORTS));
        answers.add(api.status(export));
        answers.add(api.download(export));
        answers.add(api.post(identity, "{"));
        answers.add(api.post(identity, Api.request("pdf", 1)));
        answers.add(api.as(identity).put(Api.EXPORTS));
        answers.add(api.as(identity).get("/nothing/here"));
        answers.add(api.delete(export));
        answers.add(api.status(export));
        return Files.readString(dump);
    }

    @Test
    void noAnswerNamesTheSoftware() throws IOException {
        for (int port : new int[] {api.publicPort, api.internalPort, api.managementPort}) {
            for (String request : new String[] {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /metrics/nothing HTTP/1.1\r\nHost: x\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nx: " + "y".repeat(40_000) + "\r\n\r\n"
            }) {
                try (RawConnection connection = new RawConnection(port)) {
                    assertThat(connection.send(request).endOfOutput().rest())
                            .as("%d %.30s", port, request)
                            .startsWith("HTTP/1.1 ")
                            .doesNotContainIgnoringCase("server:")
                            .doesNotContainIgnoringCase("powered")
                            .doesNotContainIgnoringCase("tomcat")
                            .doesNotContainIgnoringCase("spring")
                            .doesNotContainIgnoringCase("java")
                            .doesNotContainIgnoringCase("camel");
                }
            }
        }
    }
}
