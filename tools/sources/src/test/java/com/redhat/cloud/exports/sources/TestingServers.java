package com.redhat.cloud.exports.sources;

import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL, Kafka and S3 for the tests of this JVM: started once, stopped with it. */
final class TestingServers {

    private static final LocalServers SERVERS = start();

    private TestingServers() {}

    static LocalServers servers() {
        return SERVERS;
    }

    private static LocalServers start() {
        try {
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target/test-servers")), "sources-");
            LocalServers servers = LocalServers.start(data, Ports.free());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(servers)));
            return servers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(LocalServers servers) {
        try {
            servers.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
