package com.redhat.cloud.exports.sources;

import com.redhat.cloud.exports.servers.KafkaServer;
import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/**
 * {@code make source-check SOURCE=folder}: tests a source application against its own Kafka and a stand-in for the internal API, both on the loopback interface. Prints a line per requirement. Exit status 0 if all are met.
 */
final class SourceCheck {

    /** Enough for a busy machine and a slow source. */
    private static final Duration REPLY_TIMEOUT = Duration.ofMinutes(3);

    private static final Path WORK = Path.of("target", "source-check");

    private SourceCheck() {}

    /** Starts the source application. */
    @FunctionalInterface
    interface Starter {
        /** @param environment variables besides those of this process */
        AutoCloseable start(Map<String, String> environment) throws Exception;
    }

    /**
     * Whether the source meets one requirement.
     *
     * @param failure what it did instead; empty if it meets it
     */
    record Finding(String sentence, String failure) {

        boolean ok() {
            return failure.isEmpty();
        }

        @Override
        public String toString() {
            return ok() ? "ok      " + sentence : "FAILED  " + sentence + ": " + failure;
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: make source-check SOURCE=folder");
            System.exit(2);
        }
        SourceDescription source;
        try {
            source = SourceDescription.read(Path.of(arguments[0]));
        } catch (IllegalArgumentException e) {
            System.err.println("source-check: " + e.getMessage());
            System.exit(2);
            return;
        }
        var log = Files.createDirectories(WORK).resolve(source.application().replaceAll("\\W", "-") + ".log");
        Files.deleteIfExists(log);
        var findings = run(
                source,
                environment -> SourceApplication.start(source, environment, log),
                REPLY_TIMEOUT,
                REPLY_TIMEOUT,
                System.out::println);
        long failed = findings.stream().filter(finding -> !finding.ok()).count();
        System.out.printf("%n%d checks, %d failed. The source's output is in %s%n", findings.size(), failed, log);
        System.exit(failed == 0 ? 0 : 1);
    }

    /**
     * @param start time-out of the first result
     * @param queueTimeout time-out of each further one
     * @param out receives each finding at once
     */
    static List<Finding> run(
            SourceDescription source, Starter starter, Duration start, Duration queueTimeout, Consumer<Finding> out)
            throws Exception {
        var data = Files.createTempDirectory(Files.createDirectories(WORK), "kafka-");
        int port = Ports.free(1)[0];
        var preSharedKey = "key-" + UUID.randomUUID();
        try (var _ = KafkaServer.start(data, port, LocalServers.TOPIC);
                var service = InternalApiStandIn.start(preSharedKey);
                var checks = new SourceChecks(
                        source, service, new RequestSender("localhost:" + port), preSharedKey, queueTimeout, out)) {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "KAFKA_BROKERS",
                    "localhost:" + port,
                    "KAFKA_ANNOUNCE_TOPIC",
                    LocalServers.TOPIC,
                    "EXPORT_SERVICE_URL",
                    service.uri().toString(),
                    "EXPORT_SERVICE_PSK",
                    preSharedKey));
            if (!checks.answersAtAll(() -> starter.start(environment), start)) {
                return checks.findings();
            }
            checks.whileItRuns();
            environment.putAll(source.withoutItsData());
            checks.withoutItsData(() -> starter.start(environment));
            return checks.findings();
        } finally {
            FileSystemUtils.deleteRecursively(data);
        }
    }
}
