package com.redhat.cloud.exports.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Forwarding;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.Replica;
import com.redhat.cloud.exports.testing.TestServers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** An object store that stalls holds back uploads, and no other requests. */
class SlowStoreTests {

    private static final int MIB = 1024 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final int PIECES = 3200;

    /** Bytes after which the store stops reading: a part and a half. */
    private static final int UNTIL_STORE_STOPS = 9 * MIB;

    /**
     * Bytes of the body that are accepted while the store stalls: three parts of 6 MiB deflated, a few blocks, and what the
     * sockets hold.
     */
    private static final long MAX_SENT = 64L * MIB;

    private static final byte[] TEXT = text();

    @Test
    void anUploadIsHeldBackWhileTheStoreStallsAndContinuesWithIt() throws Exception {
        Map<String, String> servers = TestServers.servers().environment();
        int storePort = Integer.parseInt(servers.get("MINIO_PORT"));
        try (Forwarding store = new Forwarding(0, servers.get("MINIO_HOST"), storePort);
                Replica replica = new Replica(
                        "MINIO_PORT=" + store.port(),
                        "MAX_PAYLOAD_SIZE=200",
                        // Other services of these tests share the database: this one must not delay their deletions.
                        "EXPORT_DELETION_PERIOD=1h")) {
            Api api = replica.api();
            Api.Export export = api.create("csv", 1);
            Api.Export others = api.create("json", 1);
            AtomicLong sent = new AtomicLong();
            store.holdAfter(UNTIL_STORE_STOPS);
            try (ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor();
                    RawConnection connection = new RawConnection(api.internalPort)) {
                connection.post(export.uploadPath(0), "Content-Length: %d\r\n".formatted((long) PIECES * PIECE));
                Future<?> sending = sender.submit(() -> send(connection, sent));

                await().atMost(Duration.ofSeconds(30)).until(store::isHolding);
                AtomicLong before = new AtomicLong();
                await("nothing more is sent")
                        .during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> before.getAndSet(sent.get()) == sent.get());
                assertThat(sent).hasValueBetween((long) UNTIL_STORE_STOPS, MAX_SENT);
                api.status(others).then().statusCode(200).body("status", equalTo("pending"));
                api.status(export).then().statusCode(200).body("status", equalTo("pending"));
                assertThat(sent).hasValue(before.get());

                store.resume();
                assertThat(connection.head()).startsWith("HTTP/1.1 202");
                sending.get();
            }
            requireContent(api, export);
        }
    }

    private static Void send(RawConnection connection, AtomicLong sent) throws IOException {
        for (int number = 0; number < PIECES; number++) {
            connection.send(piece(number), PIECE);
            sent.addAndGet(PIECE);
        }
        return null;
    }

    private static void requireContent(Api api, Api.Export export) throws IOException, InterruptedException {
        HttpRequest download = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + api.publicPort + Api.EXPORTS + "/" + export.id()))
                .header("x-rh-identity", export.identity())
                .build();
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream answer =
                        client.send(download, BodyHandlers.ofInputStream()).body();
                ZipInputStream zip = new ZipInputStream(answer)) {
            assertThat(zip.getNextEntry().getName()).isEqualTo(export.sources().getFirst() + ".csv");
            for (int number = 0; number < PIECES; number++) {
                assertThat(zip.readNBytes(PIECE)).as("piece %d", number).isEqualTo(piece(number));
            }
            assertThat(zip.read()).isEqualTo(-1);
        }
    }

    /** A distinct line: its number, and text that hardly deflates. */
    private static byte[] piece(int number) {
        byte[] piece = TEXT.clone();
        byte[] digits = "%08d".formatted(number).getBytes(US_ASCII);
        System.arraycopy(digits, 0, piece, 0, digits.length);
        return piece;
    }

    /** Longer than the deflate window, so that a piece finds no match in the one before. */
    private static byte[] text() {
        byte[] text = new byte[PIECE];
        new Random(11).nextBytes(text);
        for (int i = 0; i < PIECE; i++) {
            text[i] = (byte) ('0' + (text[i] & 63));
        }
        text[PIECE - 1] = '\n';
        return text;
    }
}
