package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.FileSystemUtils;

/** Route files are edited while the service runs. */
@ServiceTest
@ContextConfiguration(initializers = RouteReloadTests.OwnRoutes.class)
@ExtendWith(OutputCaptureExtension.class)
class RouteReloadTests {

    private static final Path ROUTES = OwnRoutes.folder();
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HELLO = """
            - route:
                id: hello
                description: Says hello.
                from:
                  uri: platform-http
                  parameters: {path: /api/export/v1/hello}
                  steps:
                    - setBody:
                        constant: {expression: "%s"}
            """;

    @Autowired
    Api api;

    @Autowired
    CamelContext camel;

    static final class OwnRoutes extends TestServers.Initializer {

        static Path folder() {
            try {
                return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "routes-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Map<String, String> settings() {
            copyRoutes();
            return Map.of("EXPORT_ROUTES_DIRECTORY", ROUTES.toString());
        }
    }

    private static void copyRoutes() {
        try {
            FileSystemUtils.copyRecursively(Path.of("routes"), ROUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Restores the files and waits until they are applied. */
    @AfterEach
    void restore() throws IOException {
        FileSystemUtils.deleteRecursively(ROUTES.resolve("extensions"));
        Files.deleteIfExists(ROUTES.resolve("hello.camel.yaml"));
        copyRoutes();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(ping()).isEqualTo("Hello world");
            assertThat(get("/docs")).contains("<h1>Export service</h1>");
            assertThat(refusedFiles()).isEqualTo("0.0");
        });
    }

    @Test
    void aSavedFileTakesEffectAndOtherRoutesAreUntouched() throws IOException {
        var list = camel.getRoute("list-exports");
        var announce = camel.getRoute("announce-requests");
        edit("export", "Hello world", "Hello again");
        await().atMost(SOON).untilAsserted(() -> assertThat(ping()).isEqualTo("Hello again"));
        assertThat(camel.getRoute("list-exports")).isSameAs(list);
        assertThat(camel.getRoute("announce-requests")).isSameAs(announce);
    }

    /** The error policy, in Java, applies to routes that are loaded later, too. */
    @Test
    void theErrorsOfANewVersionReachTheClientAndAreNotLogged(CapturedOutput log) throws IOException {
        edit("export", "POST /exports - ", "POST /exports, edited - ");
        await().atMost(SOON)
                .until(() -> camel.getRoutes().stream()
                        .anyMatch(route -> route.getId().startsWith("create-export@")));
        api.as(Api.someone())
                .contentType("application/json")
                .body("{}")
                .post(Api.EXPORTS)
                .then()
                .statusCode(400);
        assertThat(log).doesNotContain("Failed delivery");
    }

    @Test
    void noRequestFailsWhileRoutesAreExchanged() throws Exception {
        var done = new AtomicBoolean();
        var served = new AtomicInteger();
        try (var client = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Api.Export export = api.create("json", 1);
            List<HttpRequest> requests = List.of(
                    request(export.identity(), "/api/export/v1/ping").build(),
                    request(export.identity(), Api.EXPORTS).build(),
                    request(export.identity(), Api.EXPORTS + "/" + export.id() + "/status")
                            .build(),
                    request(export.identity(), "/docs").build(),
                    request(export.identity(), Api.EXPORTS)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(Api.request("json", 1)))
                            .build());
            List<Future<String>> clients = IntStream.range(0, 20)
                    .mapToObj(number -> threads.submit(() -> {
                        while (!done.get()) {
                            var response = client.send(requests.get(number % requests.size()), BodyHandlers.ofString());
                            if (response.statusCode() / 100 != 2) {
                                return response + " " + response.body();
                            }
                            served.incrementAndGet();
                        }
                        return "";
                    }))
                    .toList();
            try {
                for (int round = 0; round < 20; round++) {
                    edit("export", "Hello (\\w+)", "Hello round" + round);
                    edit("documents", "<h1>.*</h1>", "<h1>Round " + round + "</h1>");
                    edit(
                            "identity",
                            "description: Reads x-rh-identity( \\d+)?",
                            "description: Reads x-rh-identity " + round);
                    String expected = "Hello round" + round;
                    String title = "<h1>Round " + round + "</h1>";
                    await().atMost(SOON).untilAsserted(() -> {
                        assertThat(ping()).isEqualTo(expected);
                        assertThat(get("/docs")).contains(title);
                    });
                }
                // Old versions are removed under load, too.
                await().atMost(SOON)
                        .until(() -> camel.getRoutes().stream()
                                        .filter(route -> route.getId().matches("ping(@.*)?"))
                                        .count()
                                == 1);
            } finally {
                done.set(true);
            }
            for (Future<String> each : clients) {
                assertThat(each.get()).isEmpty();
            }
        }
        assertThat(served).hasPositiveValue();
    }

    @Test
    void aRunningUploadFinishesInTheVersionThatItBeganIn() throws Exception {
        Api.Export export = api.create("json", 2);
        try (var connection = new RawConnection(api.internalPort)) {
            connection
                    .post(export.uploadPath(0), "Transfer-Encoding: chunked\r\n")
                    .sendChunk("[1,");
            edit("upload", "payload delivered", "payload taken");
            await().atMost(SOON)
                    .until(() -> camel.getRoutes().stream()
                                    .filter(route -> route.getId().startsWith("upload-source@"))
                                    .count()
                            == 1);
            api.upload(export, 1, "[2]").then().statusCode(202).body(equalTo("payload taken"));
            connection.sendChunk("2]").send("0\r\n\r\n");
            assertThat(connection.head()).startsWith("HTTP/1.1 202");
            assertThat(connection.read(17)).isEqualTo("payload delivered");
        }
        api.status(export).then().body("status", equalTo("complete"));
    }

    @Test
    void aNewFileAddsItsRoutesAndADeletedFileRemovesThem() throws IOException {
        assertThat(status("/api/export/v1/hello")).isEqualTo(404);
        for (String name : List.of("hello.camel.yaml", "extensions/hello.camel.yaml")) {
            Path file = ROUTES.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, HELLO.formatted("hello"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(get("/api/export/v1/hello")).isEqualTo("hello"));
            Files.delete(file);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(status("/api/export/v1/hello")).isEqualTo(404));
        }
    }

    @Test
    void onlyTheTimerOfTheNewVersionRuns(CapturedOutput log) throws IOException {
        String timer = """
                - route:
                    id: ticker
                    description: Ticks.
                    from:
                      uri: timer
                      parameters: {timerName: ticker, delay: 0, period: 50}
                      steps:
                        - log: {message: "tick %s."}
                """;
        Files.writeString(ROUTES.resolve("hello.camel.yaml"), timer.formatted("one"));
        await().atMost(SOON).until(() -> log.getOut().contains("tick one."));
        Files.writeString(ROUTES.resolve("hello.camel.yaml"), timer.formatted("two"));
        await().atMost(SOON).until(() -> log.getOut().contains("tick two."));
        int last = log.getOut().lastIndexOf("tick one.");
        // The old version is removed after some seconds; the new one has to outlive that.
        await().atMost(SOON)
                .until(() -> camel.getRoutes().stream()
                                .filter(route -> route.getId().startsWith("ticker"))
                                .count()
                        == 1);
        int length = log.getOut().length();
        await().atMost(SOON).until(() -> log.getOut().indexOf("tick two.", length) > 0);
        assertThat(log.getOut().substring(last + 1)).doesNotContain("tick one.");
    }

    @Test
    void aFileWithAMistakeIsRefusedAndTheOthersAreApplied(CapturedOutput log) throws IOException {
        edit("export", "Hello world", "Hello again");
        edit("documents", "ref: apiDocuments", "ref: apiDocument");
        edit("documents", "<h1>.*</h1>", "<h1>Changed</h1>");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(ping()).isEqualTo("Hello again");
            assertThat(log)
                    .containsPattern(
                            "documents\\.camel\\.yaml:\\d+: there is no bean apiDocument; did you mean apiDocuments\\?");
            assertThat(refusedFiles()).isEqualTo("1.0");
        });
        assertThat(get("/docs")).contains("<h1>Export service</h1>");
    }

    @Test
    void aChangeThatTakesAnOperationsRouteIsRefused(CapturedOutput log) throws IOException {
        edit("export", "name: getExports", "name: getExport");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log)
                        .contains(
                                "direct:getExport is never called, and the operation getExports of openapi.yaml has no route;"
                                        + " did you mean direct:getExports?"));
        api.list(Api.someone(), "").then().statusCode(200);
    }

    @Test
    void aMistakeThatOnlyCamelFindsIsLoggedAndTheOldRoutesKeepRunning(CapturedOutput log) throws IOException {
        edit("export", "Hello world", "Hello again");
        edit(
                "export",
                "library: Jackson\n              objectMapper: apiJson\n              unmarshalType",
                "library: Gson\n              objectMapper: apiJson\n              unmarshalType");
        await().atMost(SOON).untilAsserted(() -> assertThat(log).contains("change of export.camel.yaml is refused"));
        assertThat(ping()).isEqualTo("Hello world");
        api.create("json", 1);
        assertThat(camel.getRoutes())
                .noneMatch(route -> route.getId().startsWith("create-export@") && route.getConsumer() == null);
    }

    private void edit(String file, String pattern, String replacement) throws IOException {
        Path path = ROUTES.resolve(file + ".camel.yaml");
        String before = Files.readString(path);
        String after = before.replaceAll(pattern, replacement);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(path, after);
    }

    private String ping() {
        return get("/api/export/v1/ping");
    }

    private String get(String path) {
        return api.as(Api.someone()).get(path).asString();
    }

    private int status(String path) {
        return api.as(Api.someone()).get(path).statusCode();
    }

    private String refusedFiles() {
        return api.anyone(api.managementPort)
                .get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("export_service_route_files_refused "))
                .map(line -> line.split(" ")[1])
                .findFirst()
                .orElseThrow();
    }

    private HttpRequest.Builder request(String identity, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + api.publicPort + path))
                .header("x-rh-identity", identity);
    }
}
