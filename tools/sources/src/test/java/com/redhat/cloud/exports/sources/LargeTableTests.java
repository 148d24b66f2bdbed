package com.redhat.cloud.exports.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.servers.KafkaServer;
import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The memory of a source does not depend on the size of its data. */
@Tag("long")
class LargeTableTests {

    /** As maps they would take three times the heap. */
    private static final int ROWS = 200_000;

    @TempDir
    private Path directory;

    @Test
    void aTableThatIsLargerThanTheHeapIsSent() throws Exception {
        var servers = TestingServers.servers();
        var database = servers.database(LocalServers.EXAMPLE_DATABASE);
        ExampleTables.create(database);
        JdbcClient.create(database).sql("""
                INSERT INTO hosts
                SELECT gen_random_uuid(), 'large', 'host-' || n || '.example.com', 'RHEL 9.4', 4, 8192, 'active', now()
                FROM generate_series(1, :rows) AS n""").param("rows", ROWS).update();
        int port = Ports.free(1)[0];
        try (var _ = KafkaServer.start(directory.resolve("kafka"), port, LocalServers.TOPIC);
                var service = InternalApiStandIn.start("key");
                var sender = new RequestSender("localhost:" + port)) {
            Map<String, String> environment = new HashMap<>(servers.environment());
            environment.put("PGSQL_DATABASE", LocalServers.EXAMPLE_DATABASE);
            environment.put("KAFKA_BROKERS", "localhost:" + port);
            environment.put("EXPORT_SERVICE_URL", service.uri().toString());
            environment.put("EXPORT_SERVICE_PSK", "key");
            environment.put(
                    "EXPORT_SPOOL_DIRECTORY", directory.resolve("answers").toString());
            try (var _ = SourceApplication.start(List.of(Path.of("examples", "sql")), environment, "-Xmx48m")) {
                var request = ExportRequest.of("exampleApp", "exampleResource", "csv", "large");
                sender.send(request);
                await().atMost(Duration.ofSeconds(120))
                        .until(() -> service.acceptedOf(request.source()).isPresent());

                var answer = service.acceptedOf(request.source()).orElseThrow();
                assertThat(answer.action()).isEqualTo("upload");
                assertThat(answer.text().lines()).hasSize(ROWS + 1);
            }
        } finally {
            JdbcClient.create(database)
                    .sql("DELETE FROM hosts WHERE org_id = 'large'")
                    .update();
        }
    }
}
