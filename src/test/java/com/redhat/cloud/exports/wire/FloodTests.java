package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.HalfSentRequests;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ReplicaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floods of a service with 256 MiB of heap that would end at an OutOfMemoryError: it goes on, and serves others. */
class FloodTests {

    private static final int HALF_SENT = 3000;
    private static final int HEADS = 100;
    private static final int UPLOADS = 120;
    private static final int DOWNLOADS = 60;

    /** No flood ends by a time-out. */
    private static final Map<String, String> SETTINGS = Map.of(
            "EXPORT_LIMIT_IDLE_TIMEOUT", "5m",
            "EXPORT_LIMIT_HEADER_TIMEOUT", "5m",
            "EXPORT_LIMIT_MIN_BYTES_PER_SECOND", "0",
            "EXPORT_LIMIT_QUEUE_TIMEOUT", "5m");

    @TempDir
    static Path directory;

    private static ReplicaProcess replica;

    @BeforeAll
    static void start() throws Exception {
        replica = ReplicaProcess.startReady(directory, SETTINGS);
    }

    @AfterAll
    static void end() {
        replica.close();
    }

    /** Heads that do not end, uploads that stall, with or without a slot, and downloads that are not read. */
    @Test
    void memoryIsBoundedAndOthersAreServed() throws Exception {
        List<RawConnection> flood = new ArrayList<>();
        Api api = replica.api();
        try {
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
        } finally {
            for (RawConnection connection : flood) {
                connection.close();
            }
        }
        Api.Export export = api.create(Api.someone(), Api.request("json", 1));
        api.upload(export, 0, "[1]").then().statusCode(202);
    }

    /** An incomplete head of the largest size is what costs most memory per connection. Each port has its own limit. */
    @Test
    void halfSentRequestsToOnePortDoNotBlockTheOthers() throws Exception {
        Map<Integer, String> ports = ports();
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
    }

    @Test
    void halfSentRequestsToAllPortsDoNotEndTheService() throws Exception {
        List<HalfSentRequests> floods = new ArrayList<>();
        for (int port : ports().keySet()) {
            floods.add(new HalfSentRequests(port, HALF_SENT));
        }
        floods.forEach(FloodTests::awaitFull);
        assertThat(replica.isAlive()).isTrue();
        for (HalfSentRequests flood : floods) {
            flood.close();
        }
        ports().forEach(FloodTests::awaitAnswer);
    }

    /** Each port with a path that is 200. */
    private static Map<Integer, String> ports() {
        return Map.of(
                replica.publicPort(), "/",
                replica.internalPort(), "/app/export/v1/openapi.json",
                replica.managementPort(), "/readyz");
    }

    /** Returns when the port accepts no more. */
    private static void awaitFull(HalfSentRequests flood) {
        AtomicInteger before = new AtomicInteger();
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> flood.sent() > 0 && before.getAndSet(flood.sent()) == flood.sent());
    }

    /** The system may take seconds to try a rejected connection again. */
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

    /** Half of the slots are for this organisation; its other uploads wait. */
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
