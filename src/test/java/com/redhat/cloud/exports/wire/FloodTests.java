package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.HalfSentRequests;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ReplicaProcess;
import com.redhat.cloud.exports.testing.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service with 256 MiB of heap, which ends at once should that not do, among clients that want it all: many heads that do
 * not end, more uploads than have a place and none that goes on, downloads that nobody takes.
 */
class FloodTests {

    private static final int HALF_SENT = 3000;
    private static final int HEADS = 100;
    private static final int UPLOADS = 120;
    private static final int DOWNLOADS = 60;

    @TempDir
    Path directory;

    @Test
    void memoryIsBoundedAndOthersAreServed() throws Exception {
        Map<String, String> settings = new HashMap<>(TestServers.servers().environment());
        settings.put("EXPORTS_PSKS", Api.KEY);
        // Nobody leaves before the end.
        settings.put("EXPORT_LIMIT_IDLE_TIMEOUT", "5m");
        settings.put("EXPORT_LIMIT_MIN_BYTES_PER_SECOND", "0");
        settings.put("EXPORT_LIMIT_QUEUE_TIMEOUT", "5m");
        settings.put("EXPORT_SHUTDOWN_GRACE", "1s");
        List<RawConnection> flood = new ArrayList<>();
        try (ReplicaProcess replica = ReplicaProcess.start(settings, directory.resolve("service.log"))) {
            replica.awaitReady();
            Api api = new Api(replica.publicPort(), replica.internalPort());
            for (int i = 0; i < HEADS; i++) {
                flood.add(new RawConnection(replica.publicPort()).send("GET / HTTP/1.1\r\na: " + "x".repeat(30_000)));
                flood.add(new RawConnection(replica.internalPort()).send("GET / HTTP/1.1\r\na: " + "x".repeat(30_000)));
            }
            downloads(api, flood);
            uploads(api, flood);

            for (int i = 0; i < 5; i++) {
                Api.Export export = api.create(Api.someone(), Api.request("csv", 1));
                api.status(export).then().statusCode(200).body("status", equalTo("pending"));
                api.error(export, 0, "{\"message\":\"m\",\"error\":1}").then().statusCode(202);
                api.download(export).then().statusCode(400);
                Api.Export delivered = api.create(Api.someone(), Api.request("json", 1));
                api.upload(delivered, 0, "[1]").then().statusCode(202);
                api.download(delivered).then().statusCode(200);
            }
            assertThat(replica.isAlive()).isTrue();
            for (RawConnection connection : flood) {
                connection.close();
            }
            Api.Export export = api.create(Api.someone(), Api.request("json", 1));
            api.upload(export, 0, "[1]").then().statusCode(202);
        }
    }

    /** The largest head that is not complete is what a connection costs most, and each port has a bound of its own. */
    @Test
    void halfSentRequestsToOnePortKeepNoOtherFromServing() throws Exception {
        Map<String, String> settings = new HashMap<>(TestServers.servers().environment());
        // Nobody is sent away before the end.
        settings.put("EXPORT_LIMIT_IDLE_TIMEOUT", "5m");
        settings.put("EXPORT_LIMIT_HEADER_TIMEOUT", "5m");
        settings.put("EXPORT_SHUTDOWN_GRACE", "1s");
        try (ReplicaProcess replica = ReplicaProcess.start(settings, directory.resolve("service.log"))) {
            replica.awaitReady();
            Map<Integer, String> ports = Map.of(
                    replica.publicPort(), "/",
                    replica.internalPort(), "/app/export/v1/openapi.json",
                    replica.managementPort(), "/readyz");
            for (int flooded : ports.keySet()) {
                try (HalfSentRequests flood = new HalfSentRequests(flooded, HALF_SENT)) {
                    awaitFull(flood);
                    ports.forEach((port, path) -> {
                        if (port != flooded) {
                            assertThat(status(port, path))
                                    .as("port %s while %s is flooded", path, ports.get(flooded))
                                    .isEqualTo(200);
                        }
                    });
                }
                awaitAnswer(flooded, ports.get(flooded));
            }
            List<HalfSentRequests> floods = new ArrayList<>();
            for (int port : ports.keySet()) {
                floods.add(new HalfSentRequests(port, HALF_SENT));
            }
            floods.forEach(FloodTests::awaitFull);
            assertThat(replica.isAlive()).isTrue();
            for (HalfSentRequests flood : floods) {
                flood.close();
            }
            ports.forEach(FloodTests::awaitAnswer);
        }
    }

    /** Returns when the port has taken all that it takes. */
    private static void awaitFull(HalfSentRequests flood) {
        AtomicInteger before = new AtomicInteger();
        await().pollInterval(Duration.ofSeconds(2))
                .atMost(Duration.ofMinutes(1))
                .until(() -> flood.sent() > 0 && before.getAndSet(flood.sent()) == flood.sent());
    }

    /** A connection that was turned away meanwhile is tried again by the system after seconds. */
    private static void awaitAnswer(int port, String path) {
        await().atMost(Duration.ofMinutes(1)).until(() -> status(port, path) == 200);
    }

    /** 0 when there is no answer. */
    private static int status(int port, String path) {
        try (RawConnection connection = new RawConnection(port)) {
            String head = connection
                    .send("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(path))
                    .head();
            return head.isEmpty() ? 0 : Integer.parseInt(head.split(" ")[1]);
        } catch (IOException e) {
            return 0;
        }
    }

    private static void downloads(Api api, List<RawConnection> flood) throws IOException {
        Api.Export export = api.create(Api.someone(), Api.request("json", 1));
        api.upload(export, 0, "\"" + random(12 * 1024 * 1024) + "\"").then().statusCode(202);
        for (int i = 0; i < DOWNLOADS; i++) {
            RawConnection connection = new RawConnection(api.publicPort)
                    .send("GET %s/%s HTTP/1.1\r\nHost: x\r\nx-rh-identity: %s\r\n\r\n"
                            .formatted(Api.EXPORTS, export.id(), export.identity()));
            flood.add(connection);
            assertThat(connection.head()).startsWith("HTTP/1.1 200");
        }
    }

    /** Half of the places are this organisation's; the others of them wait. */
    private static void uploads(Api api, List<RawConnection> flood) throws IOException {
        String begun = "\"" + random(900_000);
        Api.Export export = api.create(Api.someone(), Api.request("json", UPLOADS));
        for (int i = 0; i < UPLOADS; i++) {
            RawConnection connection = new RawConnection(api.internalPort);
            flood.add(connection);
            connection
                    .post(export.uploadPath(i), "Content-Length: 10000000\r\n")
                    .sendWithoutWaiting(begun);
        }
    }

    private static String random(int length) {
        return new Random(6)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
