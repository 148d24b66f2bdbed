package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ReplicaProcess;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.TestServers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load: running requests finish, accepted exports are announced, and the exit status is 0. */
class ShutdownTests {

    /** Not shared, so that no other service relays its events. */
    private static final String DATABASE = "shutdown";

    private static final int BODY = 24 * 1024 * 1024;

    @TempDir
    Path directory;

    @BeforeAll
    static void database() {
        TestServers.createDatabase(DATABASE);
    }

    private ReplicaProcess start() throws IOException, InterruptedException {
        return ReplicaProcess.startReady(directory, Map.of("PGSQL_DATABASE", DATABASE, "EXPORT_SHUTDOWN_GRACE", "20s"));
    }

    @Test
    void runningRequestsFinishAndNothingIsLost() throws Exception {
        Queue<Api.Export> accepted = new ConcurrentLinkedQueue<>();
        Api.Export answered;
        try (ReplicaProcess replica = start()) {
            Api api = replica.api();
            Api.Export downloadable = api.create(Api.someone(), Api.request("json", 1));
            String text = "\""
                    + new Random(5)
                            .ints(BODY, 'a', 'z' + 1)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    + "\"";
            api.upload(downloadable, 0, text).then().statusCode(202);
            answered = api.create(Api.someone(), Api.request("json", 1));

            AtomicBoolean ended = new AtomicBoolean();
            try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();
                    RawConnection upload = new RawConnection(replica.internalPort());
                    RawConnection download = new RawConnection(replica.publicPort())) {
                upload.post(answered.uploadPath(0), "Transfer-Encoding: chunked\r\n")
                        .sendChunk("[1");
                download.send("GET %s/%s HTTP/1.1\r\nHost: x\r\nx-rh-identity: %s\r\n\r\n"
                        .formatted(Api.EXPORTS, downloadable.id(), downloadable.identity()));
                String head = download.head();
                assertThat(head).startsWith("HTTP/1.1 200");
                for (int i = 0; i < 4; i++) {
                    users.submit(() -> {
                        while (!ended.get()) {
                            accepted.add(api.create(Api.someone(), Api.request("json", 3)));
                        }
                    });
                }
                await().until(() -> accepted.size() > 20);

                replica.terminate();
                await().atMost(Duration.ofSeconds(10)).until(() -> replica.readiness() != 200);
                assertThat(replica.isAlive()).isTrue();
                upload.sendChunk(",2]");
                assertThat(upload.send("0\r\n\r\n").head()).startsWith("HTTP/1.1 202");
                requireWhole(download.read(length(head)), text);
                ended.set(true);
            }
            assertThat(replica.exitStatus().get()).isZero();
        }

        try (ReplicaProcess next = start()) {
            Api api = next.api();
            api.status(answered).then().body("status", equalTo("complete"));
            List<String> sources = accepted.stream()
                    .flatMap(export -> export.sources().stream())
                    .toList();
            try (RequestTopic topic = new RequestTopic()) {
                topic.of(sources);
                assertThat(topic.present(sources)).as("once each").hasSize(sources.size());
            }
            next.terminate();
            assertThat(next.exitStatus().get()).isZero();
        }
        assertThat(TestServers.database(DATABASE)
                        .sql("select count(*) from outbox")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length: ", 0, 16))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElseThrow();
    }

    private static void requireWhole(String zip, String text) throws IOException {
        try (ZipInputStream entries =
                new ZipInputStream(new ByteArrayInputStream(zip.getBytes(StandardCharsets.ISO_8859_1)))) {
            ZipEntry first = entries.getNextEntry();
            assertThat(first.getName()).endsWith(".json");
            assertThat(new String(entries.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(text);
            while (entries.getNextEntry() != null) {
                entries.transferTo(OutputStream.nullOutputStream());
            }
        }
    }
}
