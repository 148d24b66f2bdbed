package com.redhat.cloud.exports.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import com.redhat.cloud.exports.servers.ServiceProcess;
import com.redhat.cloud.exports.sources.ExampleOrders;
import com.redhat.cloud.exports.sources.ExampleTables;
import com.redhat.cloud.exports.sources.SourceApplication;
import com.redhat.cloud.exports.sources.SourceDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * {@code make run}: runs the local servers, the packaged service, the example source applications, and one more if {@code SOURCE} names its folder. All of them end with this JVM.
 */
final class DevStack {

    private static final Path DATA = Path.of(".data");
    private static final String PRE_SHARED_KEY = "example-psk";
    private static final String IDENTITY = Base64.getEncoder().encodeToString("""
                    {"identity":{"org_id":"000123","type":"User","user":{"username":"demo"}}}""".getBytes(StandardCharsets.UTF_8));

    private final ServiceProcess.HttpPorts ports = ServiceProcess.HttpPorts.fromEnvironment();

    private final int ordersPort = Ports.fromEnvironment("ORDERS_PORT", 8090);
    private final Optional<SourceDescription> another;

    /** What was started, latest first: callers end before the servers they call. */
    private final Deque<AutoCloseable> running = new ConcurrentLinkedDeque<>();

    /** While closing, failures are not reported. */
    private volatile boolean ending;

    private DevStack(Optional<SourceDescription> another) {
        this.another = another;
    }

    public static void main(String[] arguments) {
        DevStack stack;
        try {
            stack = new DevStack(another(System.getenv("SOURCE")));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("make run: " + message(e));
            System.exit(1);
            return;
        }
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
        Ports.requireFree("ORDERS_PORT", ordersPort);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        endWithParent();
        var servers = start(() -> LocalServers.start(DATA, Ports.fromEnvironment()));
        ExampleTables.create(servers.database(LocalServers.EXAMPLE_DATABASE));
        start(() -> ExampleOrders.start(ordersPort));
        var service = start(() -> ServiceProcess.start(servers, ports, settings()));
        service.onExit().thenRun(() -> endAfter("service", service));
        var environment = sourceEnvironment(servers);
        watch(start(() -> SourceApplication.start(SourceApplication.EXAMPLES, environment)));
        if (another.isPresent()) {
            watch(start(() -> SourceApplication.start(another.get(), environment)));
        }
        service.awaitReady();
        System.out.print(welcome(Duration.ofNanos(System.nanoTime() - start)));
        // A signal or the end of a child ends this JVM.
        new CountDownLatch(1).await();
    }

    private static Optional<SourceDescription> another(@Nullable String folder) throws IOException {
        return folder == null || folder.isBlank()
                ? Optional.empty()
                : Optional.of(SourceDescription.read(Path.of(folder)));
    }

    private Map<String, String> settings() {
        var applications = JsonNodeFactory.instance.objectNode();
        applications.putArray("exampleApp").add("exampleResource").add("anotherExampleResource");
        applications.putArray("orderApp").add("orders");
        applications.putArray("reportApp").add("usage");
        another.ifPresent(source -> applications.withArray(source.application()).add(source.resource()));
        return Map.of("EXPORT_ENABLE_APPS", applications.toString(), "EXPORTS_PSKS", PRE_SHARED_KEY);
    }

    private Map<String, String> sourceEnvironment(LocalServers servers) {
        Map<String, String> environment = new HashMap<>(servers.environment());
        environment.put("PGSQL_DATABASE", LocalServers.EXAMPLE_DATABASE);
        environment.put("ORDERS_URL", "http://localhost:" + ordersPort);
        environment.put("EXPORT_SERVICE_URL", "http://localhost:" + ports.applications());
        environment.put("EXPORT_SERVICE_PSK", PRE_SHARED_KEY);
        return environment;
    }

    private void watch(ChildProcess source) {
        source.onExit().thenRun(() -> endAfter(source.name(), source));
    }

    /** Excludes {@link #close()}, so that everything that is started is ended. */
    private synchronized <T extends AutoCloseable> T start(Callable<T> part) throws Exception {
        var started = part.call();
        running.push(started);
        return started;
    }

    /** Ends this JVM when the script that forwards signals has been killed. */
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

    /** Ends everything when a child ends by itself. */
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
