package com.redhat.cloud.exports.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.ContextConfiguration;

/** Keys in a file change while the service runs, without a refusal in between. */
@ServiceTest
@ContextConfiguration(initializers = KeyRotationTests.KeysInAFile.class)
@ExtendWith(OutputCaptureExtension.class)
class KeyRotationTests {

    private static final String FIRST = "{\"exampleApp\":\"first-key\",\"other\":\"other-key\"}";
    private static final Path FILE = newFile();

    /** For {@link BearerTokenTests}, which shares this service. */
    static final TokenIssuer ISSUER = new TokenIssuer();

    @Autowired
    Api api;

    static final class KeysInAFile extends TestServers.Initializer {

        @Override
        protected Map<String, String> settings() {
            Map<String, String> settings = new HashMap<>(ISSUER.settings());
            settings.put("EXPORTS_PSKS", "");
            settings.put("EXPORTS_PSKS_FILE", FILE.toString());
            return settings;
        }
    }

    private static Path newFile() {
        try {
            Path file = Files.createTempDirectory("keys").resolve("EXPORTS_PSKS");
            return Files.writeString(file, FIRST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the file atomically, as Kubernetes does. */
    private static void write(String keys) throws IOException {
        Path next = FILE.resolveSibling("next");
        Files.writeString(next, keys);
        Files.move(next, FILE, StandardCopyOption.ATOMIC_MOVE);
    }

    @AfterEach
    void writeFirstKeys() throws IOException {
        write(FIRST);
        await().until(() -> isAccepted("first-key") && !isAccepted("second-key"));
        await().untilAsserted(() -> degraded().then().body("status", equalTo("UP")));
    }

    @Test
    void aKeyIsReplacedDuringRequests() throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean secondIsIn = new AtomicBoolean();
        Queue<Integer> refused = new ConcurrentLinkedQueue<>();
        CompletableFuture<Integer> caller = CompletableFuture.supplyAsync(
                () -> {
                    int requests = 0;
                    while (!done.get()) {
                        int status = tryKey(secondIsIn.get() ? "second-key" : "first-key")
                                .statusCode();
                        requests++;
                        if (status != 404) {
                            refused.add(status);
                        }
                    }
                    return requests;
                },
                Thread::startVirtualThread);
        write("{\"exampleApp\":[\"first-key\",\"second-key\"],\"other\":\"other-key\"}");
        await().until(() -> isAccepted("second-key"));
        assertThat(isAccepted("first-key")).as("both are valid").isTrue();
        secondIsIn.set(true);
        write("{\"exampleApp\":\"second-key\",\"other\":\"other-key\"}");
        await().until(() -> !isAccepted("first-key"));
        done.set(true);
        assertThat(caller.join()).isPositive();
        assertThat(refused.stream().filter(status -> status != 401)).isEmpty();
        assertThat(refused)
                .as("a call with the first key that began before the second key was valid")
                .hasSizeLessThan(2);
    }

    @Test
    void aListMayBecomeAMap() throws IOException {
        write(" first-key, second-key\n");
        await().until(() -> isAccepted("second-key"));
        assertThat(isAccepted("first-key")).isTrue();
    }

    @Test
    void anInvalidFileKeepsTheKeysAndIsReported(CapturedOutput log) throws IOException {
        Map<String, String> reasons = Map.of(
                "{\"exampleApp\":\"s3cret-key\"", "starts with '{' but is not a JSON object",
                "{\"exampleApp\":[]}", "has an empty key",
                " , ", "names a file without a key");
        for (Map.Entry<String, String> broken : reasons.entrySet()) {
            write(broken.getKey());
            await().untilAsserted(() -> degraded()
                    .then()
                    .statusCode(200)
                    .body("components.keyFile.status", equalTo("DEGRADED"))
                    .body("components.keyFile.details.since", matchesPattern("20.*Z"))
                    .body(
                            "components.keyFile.details.reason",
                            containsString("EXPORTS_PSKS_FILE " + broken.getValue())));
            assertThat(isAccepted("first-key")).isTrue();
        }
        assertThat(degraded().asString()).doesNotContain("s3cret-key", "first-key");
        assertThat(metric()).isEqualTo(1);
        api.anyone(api.managementPort).get("/health").then().statusCode(200).body("status", equalTo("DEGRADED"));
        api.anyone(api.managementPort).get("/readyz").then().statusCode(200).body("status", equalTo("UP"));
        Files.delete(FILE);
        await().untilAsserted(() ->
                degraded().then().body("components.keyFile.details.reason", containsString("cannot be read")));
        assertThat(isAccepted("first-key")).isTrue();
        write(FIRST);
        await().untilAsserted(() -> degraded().then().body("status", equalTo("UP")));
        assertThat(metric()).isZero();
        assertThat(log).contains("keeping the previous pre-shared keys").doesNotContain("s3cret-key", "first-key");
    }

    private Response degraded() {
        return api.anyone(api.managementPort).get("/health/degraded");
    }

    private double metric() {
        String name = "export_service_degraded{component=\"keyFile\"} ";
        return api.anyone(api.managementPort)
                .get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    private boolean isAccepted(String key) {
        return tryKey(key).statusCode() == 404;
    }

    /** Calls for an unknown export: 404 with a valid key, otherwise 401. */
    private Response tryKey(String key) {
        return api.anyone(api.internalPort)
                .header("x-rh-exports-psk", key)
                .body("[]")
                .post(Api.INTERNAL + "0b069353-6ace-4403-8162-3a8afe7ac05c/exampleApp/"
                        + "0b1386f4-2b05-44e5-a1c5-1a2f3b4c5d6e/upload");
    }
}
