package com.redhat.cloud.exports.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import com.redhat.cloud.exports.servers.ServiceProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three example sources on plain camel-main deliver to the packaged service. */
class ExampleSourcesTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IDENTITY = Base64.getEncoder().encodeToString("""
                    {"identity":{"org_id":"000123","type":"User","user":{"username":"somebody"}}}""".getBytes(StandardCharsets.UTF_8));

    private final ServiceProcess.HttpPorts ports = freePorts();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private ServiceProcess service;
    private ExampleOrders orders;
    private ChildProcess sources;

    @BeforeEach
    void start() throws Exception {
        var servers = TestingServers.servers();
        ExampleTables.create(servers.database(LocalServers.EXAMPLE_DATABASE));
        service = ServiceProcess.start(
                servers,
                ports,
                Map.of(
                        "EXPORTS_PSKS",
                        "key",
                        "EXPORT_ENABLE_APPS",
                        "{\"exampleApp\":[\"exampleResource\",\"anotherExampleResource\"],"
                                + "\"orderApp\":[\"orders\"],\"reportApp\":[\"usage\"]}"),
                directory.resolve("service.log"));
        orders = ExampleOrders.start(0);
        Map<String, String> environment = new HashMap<>(servers.environment());
        environment.put("PGSQL_DATABASE", LocalServers.EXAMPLE_DATABASE);
        environment.put("ORDERS_URL", orders.uri().toString());
        environment.put("EXPORT_SERVICE_URL", "http://localhost:" + ports.applications());
        environment.put("EXPORT_SERVICE_PSK", "key");
        environment.put("EXPORT_SPOOL_DIRECTORY", directory.resolve("answers").toString());
        sources = SourceApplication.start(SourceApplication.EXAMPLES, environment);
        service.awaitReady();
    }

    @AfterEach
    void stop() {
        sources.close();
        orders.close();
        service.close();
        client.close();
    }

    @Test
    void oneExportHasTheDataOfAllThree() throws Exception {
        var request = """
                {"name":"all","format":"%s","sources":[
                  {"application":"exampleApp","resource":"exampleResource","filters":
                     {"status":"stale","name":"web-prod","startDate":"2024-06-01","endDate":"2025-06-30"}},
                  {"application":"exampleApp","resource":"anotherExampleResource"},
                  {"application":"exampleApp","resource":"anotherExampleResource","filters":{"name":"x' OR '1'='1"}},
                  {"application":"orderApp","resource":"orders"},
                  {"application":"reportApp","resource":"usage"}]}""";
        var csv = create(request.formatted("csv"));
        var json = create(request.formatted("json"));

        var csvFiles = download(csv);
        var jsonFiles = download(json);

        // Header lines included.
        assertThat(csvFiles.subList(1, 5))
                .extracting(text -> text.lines().count())
                .containsExactly(801L, 1L, 51L, 121L);
        assertThat(csvFiles.getFirst().lines().skip(1)).isNotEmpty().allMatch(line -> line.contains(",stale,"));
        for (int i = 0; i < 5; i++) {
            assertThat(JSON.readTree(jsonFiles.get(i)))
                    .hasSize((int) csvFiles.get(i).lines().count() - 1);
        }
        assertThat(JSON.readTree(jsonFiles.getFirst()).get(0).get("cpu_count").isInt())
                .isTrue();
    }

    private JsonNode create(String body) throws IOException, InterruptedException {
        var answer = client.send(
                request("").POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body());
    }

    /** @return the files of its sources in the order of the request */
    private List<String> download(JsonNode export) throws IOException, InterruptedException {
        String path = "/" + export.get("id").textValue();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.send(request(path + "/status").build(), BodyHandlers.ofString())
                        .body()
                        .contains("\"completed_at\""));
        byte[] zip =
                client.send(request(path).build(), BodyHandlers.ofByteArray()).body();
        Map<String, String> files = new HashMap<>();
        try (var archive = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                files.put(entry.getName(), new String(archive.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        List<String> texts = new ArrayList<>();
        export.get("sources")
                .forEach(source -> texts.add(files.get(source.get("id").textValue() + "."
                        + export.get("format").textValue())));
        return texts;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/api/export/v1/exports%s".formatted(ports.users(), path)))
                .header("x-rh-identity", IDENTITY);
    }

    private static ServiceProcess.HttpPorts freePorts() {
        int[] free = Ports.free(3);
        return new ServiceProcess.HttpPorts(free[0], free[1], free[2]);
    }
}
