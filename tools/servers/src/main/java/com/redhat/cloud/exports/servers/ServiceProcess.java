package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packaged service in a process of its own, on the local servers. */
public final class ServiceProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "export-service.jar");
    private static final Duration START = Duration.ofMinutes(3);

    private final ChildProcess process;
    private final HttpPorts ports;

    private ServiceProcess(ChildProcess process, HttpPorts ports) {
        this.process = process;
        this.ports = ports;
    }

    /**
     * The service's ports.
     *
     * @param users setting {@code PUBLIC_PORT}
     * @param applications setting {@code PRIVATE_PORT}
     * @param management setting {@code METRICS_PORT}
     */
    public record HttpPorts(int users, int applications, int management) {

        /** The fixed ports of {@code make run}: environment variables, else 8000, 10000 and 9000. */
        public static HttpPorts fromEnvironment() {
            return new HttpPorts(
                    Ports.fromEnvironment("PUBLIC_PORT", 8000),
                    Ports.fromEnvironment("PRIVATE_PORT", 10000),
                    Ports.fromEnvironment("METRICS_PORT", 9000));
        }

        /** @throws IllegalStateException if another program listens on one, naming port and setting */
        public void requireFree() {
            Ports.requireFree("PUBLIC_PORT", users);
            Ports.requireFree("PRIVATE_PORT", applications);
            Ports.requireFree("METRICS_PORT", management);
        }
    }

    /**
     * Starts it with this process's environment and the servers' addresses as settings.
     *
     * @param settings further ones; this process's environment has precedence
     */
    public static ServiceProcess start(LocalServers servers, HttpPorts ports, Map<String, String> settings)
            throws IOException {
        return start(servers, ports, settings, new ProcessBuilder());
    }

    /** The same with its output in a file. */
    public static ServiceProcess start(LocalServers servers, HttpPorts ports, Map<String, String> settings, Path log)
            throws IOException {
        return start(servers, ports, settings, new ProcessBuilder().redirectOutput(log.toFile()));
    }

    private static ServiceProcess start(
            LocalServers servers, HttpPorts ports, Map<String, String> settings, ProcessBuilder command)
            throws IOException {
        command.command(
                ChildProcess.JAVA, "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString());
        settings.forEach(command.environment()::putIfAbsent);
        command.environment().putAll(servers.environment());
        command.environment()
                .putAll(Map.of(
                        "PUBLIC_PORT", Integer.toString(ports.users()),
                        "PRIVATE_PORT", Integer.toString(ports.applications()),
                        "METRICS_PORT", Integer.toString(ports.management())));
        return new ServiceProcess(ChildProcess.start("service", command), ports);
    }

    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    public void awaitReady() throws IOException, InterruptedException {
        var readiness = HttpRequest.newBuilder(URI.create("http://localhost:%d/readyz".formatted(ports.management())))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + START.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (!isReady(client, readiness)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException("the service did not get ready; see its output");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest readiness) throws InterruptedException {
        try {
            return client.send(readiness, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
