package com.redhat.cloud.exports.dev;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code make run}: the local servers in this JVM and below it, the packaged service and the example source application
 * as processes of their own. Whatever way this JVM ends, they end with it.
 */
final class DevStack {

    private static final Path DATA = Path.of(".data");
    private static final Path SERVICE = Path.of("target", "export-service.jar");
    private static final String PRE_SHARED_KEY = "example-psk";
    private static final Duration START = Duration.ofSeconds(90);
    private static final String IDENTITY = Base64.getEncoder().encodeToString("""
                    {"identity":{"org_id":"000123","type":"User","user":{"username":"demo"}}}""".getBytes(StandardCharsets.UTF_8));

    private final int publicPort = Ports.fromEnvironment("PUBLIC_PORT", 8000);
    private final int privatePort = Ports.fromEnvironment("PRIVATE_PORT", 10000);
    private final int metricsPort = Ports.fromEnvironment("METRICS_PORT", 9000);

    /** What has been started, the last first: callers end before what they call. */
    private final Deque<AutoCloseable> running = new ConcurrentLinkedDeque<>();

    /** From then on a failure is a consequence, not news. */
    private volatile boolean ending;

    private DevStack() {}

    public static void main(String[] arguments) {
        var stack = new DevStack();
        try {
            stack.run();
        } catch (Exception e) {
            if (!stack.ending) {
                System.err.println("make run: " + message(e));
            }
            System.exit(1);
        }
    }

    private void run() throws Exception {
        long start = System.nanoTime();
        Ports.requireFree("PUBLIC_PORT", publicPort);
        Ports.requireFree("PRIVATE_PORT", privatePort);
        Ports.requireFree("METRICS_PORT", metricsPort);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        endWithParent();
        var servers = start(() -> LocalServers.start(DATA, Ports.fromEnvironment()));
        var service = start(() -> startService(servers));
        var source = start(
                () -> SourceApplication.start(servers, URI.create("http://localhost:" + privatePort), PRE_SHARED_KEY));
        for (var child : List.of(service, source)) {
            child.onExit().thenRun(() -> endAfter(child));
        }
        awaitReady(service);
        System.out.print(welcome(Duration.ofNanos(System.nanoTime() - start)));
        // Until a signal or the end of a child ends this JVM.
        new CountDownLatch(1).await();
    }

    /** Never at the same time as {@link #close()}, so that nothing is started that nobody ends. */
    private synchronized <T extends AutoCloseable> T start(Callable<T> part) throws Exception {
        var started = part.call();
        running.push(started);
        return started;
    }

    /** A script forwards the signals. When it has been killed, there is nobody left to do so. */
    private static void endWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
    }

    private ChildProcess startService(LocalServers servers) throws IOException {
        var command = new ProcessBuilder(
                ChildProcess.JAVA,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                SERVICE.toString());
        command.environment().putAll(servers.environment());
        command.environment()
                .putAll(Map.of(
                        "PUBLIC_PORT", Integer.toString(publicPort),
                        "PRIVATE_PORT", Integer.toString(privatePort),
                        "METRICS_PORT", Integer.toString(metricsPort),
                        "EXPORTS_PSKS", "{\"%s\":\"%s\"}".formatted(SourceApplication.NAME, PRE_SHARED_KEY)));
        return ChildProcess.start("service", command);
    }

    private void end() {
        ending = true;
        close();
    }

    private synchronized void close() {
        for (var part = running.poll(); part != null; part = running.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("make run: " + message(e));
            }
        }
    }

    /** A child that ends by itself takes the others along; one that was asked to is not among the running any more. */
    private void endAfter(ChildProcess child) {
        if (running.contains(child)) {
            System.err.println("make run: the " + child.name() + " has ended");
            System.exit(1);
        }
    }

    private void awaitReady(ChildProcess service) throws IOException, InterruptedException {
        var readiness = HttpRequest.newBuilder(URI.create("http://localhost:%d/readyz".formatted(metricsPort)))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + START.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (!isReady(client, readiness)) {
                if (!service.isAlive() || System.nanoTime() > end) {
                    throw new IOException("the service did not get ready; see what it says above");
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

    private String welcome(Duration start) {
        var exports = "http://localhost:%d/api/export/v1/exports".formatted(publicPort);
        return """

                Ready after %.1f s. Ctrl-C ends all of it; the data stays in %s (make clean-data removes it).

                  users' API            %s
                  internal API          http://localhost:%d/app/export/v1
                  health and metrics    http://localhost:%d/readyz  http://localhost:%d/metrics

                An export of the example application's hosts, in a second terminal (or: make demo):

                id=$(curl -s -H 'x-rh-identity: %s' -d '{"name":"hosts","format":"csv","sources":[{"application":"exampleApp","resource":"exampleResource","filters":{"status":"active"}}]}' %s | cut -d'"' -f4)
                curl -s -H 'x-rh-identity: %s' %s/$id/status
                curl -s --fail --retry 9 --retry-all-errors -H 'x-rh-identity: %s' -o export.zip %s/$id

                """.formatted(
                        start.toMillis() / 1000.0,
                        DATA,
                        exports,
                        privatePort,
                        metricsPort,
                        metricsPort,
                        IDENTITY,
                        exports,
                        IDENTITY,
                        exports,
                        IDENTITY,
                        exports);
    }

    private static String message(Throwable failure) {
        return failure.getCause() == null || failure instanceof IllegalStateException
                ? String.valueOf(failure.getMessage())
                : failure.getMessage() + ": " + message(failure.getCause());
    }
}
