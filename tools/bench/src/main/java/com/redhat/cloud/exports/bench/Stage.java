package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the lines run on: the servers, and the service with the JVM options that a line asks for. */
final class Stage implements AutoCloseable {

    private final Path directory;
    private final Servers servers;
    private final Seed seed;
    private final Limits limits;
    private List<String> options = List.of();
    private @Nullable Service service;
    private @Nullable FormerService former;
    private volatile boolean closed;

    Stage(Path directory, Servers servers) {
        this.directory = directory;
        this.servers = servers;
        this.seed = new Seed(servers.database(servers.environment().get("PGSQL_DATABASE")), directory);
        this.limits = new Limits(servers, directory);
    }

    /** With new servers. What is left of the processes when this JVM is killed ends with it (dev.Lifeline). */
    static Stage open() throws IOException, InterruptedException {
        var directory = Files.createTempDirectory(Files.createDirectories(Bench.RESULTS), "data-")
                .toAbsolutePath();
        var stage = new Stage(directory, Servers.start(directory));
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
        return stage;
    }

    Servers servers() {
        return servers;
    }

    /** Rows for the lines, by SQL. */
    Seed seed() {
        return seed;
    }

    Limits limits() {
        return limits;
    }

    /**
     * Deletes what is stored. Else the next uploads would be written to memory that the machine has not used before, which
     * where it is a virtual one makes them a matter of luck. Waits for the file system: it writes down what is deleted a while
     * later, and whoever waits for the disk then waits for all of that.
     */
    void emptyStore() throws IOException, InterruptedException {
        try (var store = new ObjectStore(servers.environment())) {
            store.empty();
        }
        new ProcessBuilder("sync").start().waitFor();
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** The one that runs if it has these options of the JVM, else a new one. */
    synchronized Service service(List<String> wanted) throws IOException, InterruptedException {
        var running = service;
        if (running != null && wanted.equals(options)) {
            return running;
        }
        if (closed) {
            throw new IllegalStateException("the benchmark is ending");
        }
        stopService();
        running = Service.start(servers.environment(), Service.JAR, file("service.log"), wanted);
        service = running;
        options = wanted;
        return running;
    }

    /** The one that runs. */
    synchronized Service running() {
        return Objects.requireNonNull(service);
    }

    /** On the same servers, beside the one that runs. */
    synchronized FormerService former() throws IOException, InterruptedException, SQLException {
        if (former == null) {
            former = FormerService.start(servers, file("former"));
        }
        return former;
    }

    boolean isClosed() {
        return closed;
    }

    synchronized void stopService() {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    /** Also on Ctrl-C and on a failure, by the shutdown hook; once. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stopService();
        if (former != null) {
            former.close();
        }
        servers.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + directory + ": " + e);
        }
    }
}
