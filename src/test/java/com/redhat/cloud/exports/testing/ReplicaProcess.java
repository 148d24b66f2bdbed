package com.redhat.cloud.exports.testing;

import com.redhat.cloud.exports.ExportServiceApplication;
import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The compiled service in a process of its own. */
public final class ReplicaProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);

    private final ChildProcess process;
    private final int[] ports;

    private ReplicaProcess(ChildProcess process, int[] ports) {
        this.process = process;
        this.ports = ports;
    }

    /**
     * Starts one on the tests' servers that knows {@link Api#KEY} and ends quickly, and waits until it is ready.
     *
     * @param settings further ones
     */
    public static ReplicaProcess startReady(Path directory, Map<String, String> settings)
            throws IOException, InterruptedException {
        return startReady(directory, settings, List.of());
    }

    /** @param jvmOptions count more than those that every replica has */
    public static ReplicaProcess startReady(Path directory, Map<String, String> settings, List<String> jvmOptions)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(TestServers.servers().environment());
        all.put("EXPORT_SHUTDOWN_GRACE", "1s");
        all.putAll(settings);
        ReplicaProcess replica = start(directory.resolve("service.log"), all, jvmOptions);
        replica.awaitReady();
        return replica;
    }

    /**
     * Starts one that knows {@link Api#KEY}, and returns at once.
     *
     * @param settings where the servers are, and further ones
     */
    public static ReplicaProcess start(Path log, Map<String, String> settings) throws IOException {
        return start(log, settings, List.of());
    }

    private static ReplicaProcess start(Path log, Map<String, String> settings, List<String> jvmOptions)
            throws IOException {
        int[] ports = Ports.free(3);
        List<String> line = new ArrayList<>(List.of(
                ChildProcess.JAVA,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        line.addAll(jvmOptions);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), ExportServiceApplication.class.getName()));
        ProcessBuilder command = new ProcessBuilder(line).redirectOutput(log.toFile());
        command.environment().put("EXPORTS_PSKS", Api.KEY);
        command.environment().putAll(settings);
        command.environment()
                .putAll(Map.of(
                        "PUBLIC_PORT", Integer.toString(ports[0]),
                        "PRIVATE_PORT", Integer.toString(ports[1]),
                        "METRICS_PORT", Integer.toString(ports[2])));
        return new ReplicaProcess(ChildProcess.start("replica", command), ports);
    }

    public Api api() {
        return new Api(ports[0], ports[1]);
    }

    public int publicPort() {
        return ports[0];
    }

    public int internalPort() {
        return ports[1];
    }

    public int managementPort() {
        return ports[2];
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void awaitReady() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            awaitReady(client, "http");
        }
    }

    public void awaitReady(HttpClient client, String scheme) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (readiness(client, scheme) != 200) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the service did not get ready");
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    /** The status of {@code /readyz}; 0 without an answer. */
    public int readiness() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return readiness(client, "http");
        }
    }

    private int readiness(HttpClient client, String scheme) throws InterruptedException {
        try {
            HttpRequest probe = HttpRequest.newBuilder(
                            URI.create("%s://localhost:%d/readyz".formatted(scheme, ports[2])))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(probe, BodyHandlers.discarding()).statusCode();
        } catch (IOException notThere) {
            return 0;
        }
    }

    /** SIGTERM. */
    public void terminate() {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    }

    /** Completes with the exit status. */
    public CompletableFuture<Integer> exitStatus() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void close() {
        process.close();
    }
}
