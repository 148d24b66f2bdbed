package com.redhat.cloud.exports.dev;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;

/**
 * {@code make run}: the local servers in this JVM and below it, the packaged service and the example source application
 * as processes of their own. Whatever way this JVM ends, they end with it.
 */
final class DevStack {

    private static final Path DATA = Path.of(".data");
    private static final String PRE_SHARED_KEY = "example-psk";
    private static final String IDENTITY = Base64.getEncoder().encodeToString("""
                    {"identity":{"org_id":"000123","type":"User","user":{"username":"demo"}}}""".getBytes(StandardCharsets.UTF_8));

    private final ServiceProcess.HttpPorts ports = ServiceProcess.HttpPorts.fromEnvironment();

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
        ports.requireFree();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        endWithParent();
        var servers = start(() -> LocalServers.start(DATA, Ports.fromEnvironment()));
        var service = start(() -> ServiceProcess.start(
                servers, ports, "{\"%s\":\"%s\"}".formatted(SourceApplication.NAME, PRE_SHARED_KEY)));
        service.onExit().thenRun(() -> endAfter("service", service));
        var source = start(() -> SourceApplication.start(
                servers, URI.create("http://localhost:" + ports.applications()), PRE_SHARED_KEY));
        source.onExit().thenRun(() -> endAfter(source.name(), source));
        service.awaitReady();
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
    private void endAfter(String name, AutoCloseable child) {
        if (running.contains(child)) {
            System.err.println("make run: the " + name + " has ended");
            System.exit(1);
        }
    }

    private String welcome(Duration start) {
        var exports = "http://localhost:%d/api/export/v1/exports".formatted(ports.users());
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
                        ports.applications(),
                        ports.management(),
                        ports.management(),
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
