package com.redhat.cloud.exports.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.Settings;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class ObjectStoreProbeTests {

    /** An outage keeps its start when its reason changes. */
    @Test
    void anOutageIsReportedUntilTheStoreIsBack() throws IOException {
        AtomicInteger status = new AtomicInteger(200);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        ExportProperties settings = Settings.of(Map.of(
                "MINIO_PORT", Integer.toString(server.getAddress().getPort()),
                "AWS_ACCESS_KEY", "a",
                "AWS_SECRET_ACCESS_KEY", "b"));
        ObjectStoreHealth health = new ObjectStoreHealth(new SimpleMeterRegistry());
        try (S3Client client = new StorageConfiguration().s3Client(settings)) {
            ObjectStoreProbe probe = new ObjectStoreProbe(client, settings, health);
            probe.poll();
            assertThat(health.health().getStatus().getCode()).isEqualTo("UP");

            status.set(503);
            probe.poll();
            assertThat(health.health().getStatus().getCode()).isEqualTo("DEGRADED");
            assertThat(health.health().getDetails()).containsEntry("reason", "it answers with status 503");
            Object since = health.health().getDetails().get("since");

            status.set(403);
            probe.poll();
            assertThat(health.health().getDetails())
                    .containsEntry("since", since)
                    .containsEntry("reason", "it refuses the credentials, or they may not list the bucket");

            status.set(404);
            probe.poll();
            assertThat(health.health().getDetails()).containsEntry("reason", "there is no bucket exports-bucket");

            status.set(200);
            probe.poll();
            assertThat(health.health().getStatus().getCode()).isEqualTo("UP");

            server.stop(0);
            probe.poll();
            assertThat(health.health().getDetails()).containsEntry("reason", "it does not answer");
        } finally {
            server.stop(0);
        }
    }
}
