package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.KafkaServer;
import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import com.redhat.cloud.exports.servers.PostgresServer;
import com.redhat.cloud.exports.servers.S3Server;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ReplicaProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The servers start after the service: first PostgreSQL, for which its start waits, then Kafka, then S3. */
class StartOrderTests {

    @TempDir
    Path directory;

    @Test
    void eachServerMayStartLater() throws Exception {
        Ports ports = Ports.free();
        try (ReplicaProcess replica =
                ReplicaProcess.start(directory.resolve("service.log"), LocalServers.environment(ports))) {
            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> replica.isAlive() && replica.readiness() != 200);

            try (PostgresServer postgres = PostgresServer.start(
                    directory.resolve("postgres"),
                    directory.resolve("postgres.log"),
                    ports.postgres(),
                    LocalServers.DATABASE)) {
                replica.awaitReady();
                Api api = replica.api();
                Api.Export export = api.create(Api.someone(), Api.request("json", 1));
                api.upload(export, 0, "[1]").then().statusCode(503);
                assertThat(waiting(postgres)).isEqualTo(1);

                try (KafkaServer kafka =
                        KafkaServer.start(directory.resolve("kafka"), ports.kafka(), LocalServers.TOPIC)) {
                    await().atMost(Duration.ofSeconds(60)).until(() -> waiting(postgres) == 0);

                    try (ChildProcess s3 = S3Server.start(
                            directory.resolve("s3"), directory.resolve("s3.log"), ports.s3(), LocalServers.BUCKET)) {
                        api.upload(export, 0, "[1]").then().statusCode(202);
                        api.status(export).then().body("status", equalTo("complete"));
                        api.download(export).then().statusCode(200);
                        replica.terminate();
                        assertThat(replica.exitStatus().join()).isZero();
                    }
                }
            }
        }
    }

    private static long waiting(PostgresServer postgres) {
        return JdbcClient.create(postgres.database(LocalServers.DATABASE))
                .sql("select count(*) from outbox")
                .query(Long.class)
                .single();
    }
}
