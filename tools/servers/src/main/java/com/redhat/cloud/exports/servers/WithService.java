package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * {@code tools/bin/with-service COMMAND…}: starts the packaged service with fresh servers on free ports, runs the command,
 * and ends everything. The command finds in its environment {@code PUBLIC_URL}, {@code INTERNAL_URL} and
 * {@code METRICS_URL} (scheme, host and port), and {@code PSK}, a key that the internal API accepts from every
 * application. The exit status is the command's.
 */
final class WithService {

    private static final Path TARGET = Path.of("target");
    private static final String PRE_SHARED_KEY = "example-psk";

    private WithService() {}

    public static void main(String[] command) throws Exception {
        if (command.length == 0) {
            throw new IllegalArgumentException("usage: tools/bin/with-service COMMAND [ARGUMENT]...");
        }
        var data = Files.createTempDirectory(TARGET, "with-service");
        int status = 1;
        try {
            status = run(data, command);
        } finally {
            if (status == 0) {
                FileSystemUtils.deleteRecursively(data);
            } else {
                System.err.println("with-service: exit status %d; the logs are in %s".formatted(status, data));
            }
        }
        System.exit(status);
    }

    private static int run(Path data, String... command) throws IOException, InterruptedException {
        var free = Ports.free(3);
        var ports = new ServiceProcess.HttpPorts(free[0], free[1], free[2]);
        try (var servers = LocalServers.start(data, Ports.free());
                var service = ServiceProcess.start(
                        servers, ports, Map.of("EXPORTS_PSKS", PRE_SHARED_KEY), data.resolve("service.log"))) {
            service.awaitReady();
            var process = new ProcessBuilder(command).inheritIO();
            process.environment()
                    .putAll(Map.of(
                            "PUBLIC_URL", url(ports.users()),
                            "INTERNAL_URL", url(ports.applications()),
                            "METRICS_URL", url(ports.management()),
                            "PSK", PRE_SHARED_KEY));
            return waitFor(process.start());
        }
    }

    /** A command must not outlive the service. */
    private static int waitFor(Process command) throws IOException, InterruptedException {
        try (var _ = Lifeline.tiedTo(command.pid(), "TERM")) {
            return command.waitFor();
        }
    }

    private static String url(int port) {
        return "http://localhost:" + port;
    }
}
