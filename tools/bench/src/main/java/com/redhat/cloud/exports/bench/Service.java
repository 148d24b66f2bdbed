package com.redhat.cloud.exports.bench;

import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packaged service in a process of its own, with the settings of a deployment and no rate limit. */
final class Service implements AutoCloseable {

    static final String APPLICATION = "exampleApp";
    static final String PRE_SHARED_KEY = "bench-psk";
    static final Path JAR = Path.of("target", "export-service.jar");

    /** Those of k8s/common/config.env; the JVM also picks the serial collector in a container of this size. */
    private static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-XX:NewRatio=3", "-XX:+UseCompactObjectHeaders", "-XX:MetaspaceSize=128m");

    private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private final ChildProcess process;
    private final int publicPort;
    private final int internalPort;
    private final URI metrics;
    private final Duration startToReady;

    private Service(ChildProcess process, int[] ports, Duration startToReady) {
        this.process = process;
        this.publicPort = ports[0];
        this.internalPort = ports[1];
        this.metrics = URI.create("http://localhost:%d/metrics".formatted(ports[2]));
        this.startToReady = startToReady;
    }

    /**
     * Returns when {@code /readyz} is 200.
     *
     * @param options of the JVM
     */
    static Service start(Map<String, String> servers, Path jar, Path log, List<String> options)
            throws IOException, InterruptedException {
        var ports = Ports.free(3);
        var command = new ProcessBuilder(
                        Stream.of(Stream.of(ChildProcess.JAVA), options.stream(), Stream.of("-jar", jar.toString()))
                                .flatMap(part -> part)
                                .toList())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        command.environment().putAll(servers);
        command.environment()
                .putAll(Map.of(
                        "PUBLIC_PORT", Integer.toString(ports[0]),
                        "PRIVATE_PORT", Integer.toString(ports[1]),
                        "METRICS_PORT", Integer.toString(ports[2]),
                        "EXPORTS_PSKS", "{\"%s\":\"%s\"}".formatted(APPLICATION, PRE_SHARED_KEY)));
        long start = System.nanoTime();
        var process = ChildProcess.start("service", command);
        awaitReady(process, ports[2], log);
        return new Service(process, ports, Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * The JVM options of deployments.
     *
     * @param heap for instance {@code 256m}
     */
    static List<String> jvm(String heap) {
        return Stream.concat(Stream.of("-Xmx" + heap), OPTIONS.stream()).toList();
    }

    /** Waits until {@code /readyz} is 200. */
    static void awaitReady(ChildProcess process, int metricsPort, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        var readiness = URI.create("http://localhost:%d/readyz".formatted(metricsPort));
        while (!isReady(readiness)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.close();
                throw new IOException("the service did not get ready; the end of its log:\n" + lastOf(log));
            }
            Thread.sleep(10);
        }
    }

    private static boolean isReady(URI readiness) {
        try {
            var connection = (HttpURLConnection) readiness.toURL().openConnection();
            connection.setReadTimeout((int) START_TIMEOUT.toMillis());
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String lastOf(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    Duration startToReady() {
        return startToReady;
    }

    ProcessMeter meter() {
        return new ProcessMeter(process.pid());
    }

    /** Bytes that the service has allocated since its start, up to its last garbage collection. */
    double allocatedBytes() throws IOException {
        try (var text =
                new BufferedReader(new InputStreamReader(metrics.toURL().openStream(), StandardCharsets.UTF_8))) {
            return text.lines()
                    .filter(line -> line.startsWith(ALLOCATED))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no metric " + ALLOCATED));
        }
    }

    /** @param path from {@code /exports} on, for instance {@code /exports/<id>/status} */
    URI publicApi(String path) {
        return URI.create("http://localhost:%d/api/export/v1%s".formatted(publicPort, path));
    }

    /** The internal server, without a path. */
    URI internalApi() {
        return URI.create("http://localhost:%d".formatted(internalPort));
    }

    URI upload(Seed.Source source) {
        return internalApi().resolve(source.uploadPath());
    }

    @Override
    public void close() {
        process.close();
    }
}
