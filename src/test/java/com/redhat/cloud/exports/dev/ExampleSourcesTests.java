package com.redhat.cloud.exports.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** The three example sources on plain camel-main, asked by the real service. */
@ServiceTest
class ExampleSourcesTests {

    @Autowired
    private Api api;

    @TempDir
    private Path answers;

    private ExampleOrders orders;
    private ChildProcess sources;

    @BeforeEach
    void start() throws Exception {
        var servers = TestServers.servers();
        ExampleTables.create(servers.database(LocalServers.EXAMPLE_DATABASE));
        for (var application : List.of("exampleApp", "orderApp", "reportApp")) {
            skipWhatOtherTestsAskedFor(application + "-export-source");
        }
        orders = ExampleOrders.start(0);
        Map<String, String> environment = new HashMap<>(servers.environment());
        environment.put("PGSQL_DATABASE", LocalServers.EXAMPLE_DATABASE);
        environment.put("ORDERS_URL", orders.uri().toString());
        environment.put("EXPORT_SERVICE_URL", "http://localhost:" + api.internalPort);
        environment.put("EXPORT_SERVICE_PSK", Api.KEY);
        environment.put("EXPORT_SPOOL_DIRECTORY", answers.toString());
        sources = SourceApplication.start(SourceApplication.EXAMPLES, environment);
    }

    @AfterEach
    void stop() {
        sources.close();
        orders.close();
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
        var identity = Api.identity("000123", "somebody");
        var csv = api.create(identity, request.formatted("csv"));
        var json = api.create(identity, request.formatted("json"));

        var csvFiles = download(csv, "csv");
        var jsonFiles = download(json, "json");

        // Header lines included.
        assertThat(csvFiles.subList(1, 5))
                .extracting(text -> text.lines().count())
                .containsExactly(801L, 1L, 51L, 121L);
        assertThat(csvFiles.getFirst().lines().skip(1)).isNotEmpty().allMatch(line -> line.contains(",stale,"));
        var rows = new ObjectMapper();
        for (int i = 0; i < 5; i++) {
            assertThat(rows.readTree(jsonFiles.get(i)))
                    .hasSize((int) csvFiles.get(i).lines().count() - 1);
        }
        assertThat(rows.readTree(jsonFiles.getFirst()).get(0).get("cpu_count").isInt())
                .isTrue();
    }

    private List<String> download(Api.Export export, String format) throws IOException {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.status(export).path("status").equals("complete"));
        var archive =
                new ZipInputStream(new ByteArrayInputStream(api.download(export).asByteArray()));
        Map<String, String> files = new HashMap<>();
        for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            files.put(entry.getName(), new String(archive.readAllBytes(), StandardCharsets.UTF_8));
        }
        return export.sources().stream()
                .map(source -> files.get(source + "." + format))
                .toList();
    }

    /** They share the topic, and nobody waits for an answer any more. */
    private static void skipWhatOtherTestsAskedFor(String group) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestServers.servers().environment().get("KAFKA_BROKERS"));
        try (var admin = Admin.create(settings)) {
            var partitions = admin.describeTopics(List.of(LocalServers.TOPIC))
                    .allTopicNames()
                    .get()
                    .get(LocalServers.TOPIC)
                    .partitions();
            var ends = admin.listOffsets(partitions.stream()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(LocalServers.TOPIC, partition.partition()),
                                    partition -> OffsetSpec.latest())))
                    .all()
                    .get();
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            ends.forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        }
    }
}
