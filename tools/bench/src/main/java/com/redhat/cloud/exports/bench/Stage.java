package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The servers, and the service with the JVM options of the current line. */
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

    /** Starts new servers. If this JVM is killed, its processes end with it (Lifeline). */
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

    /** Inserts rows. */
    Seed seed() {
        return seed;
    }

    Limits limits() {
        return limits;
    }

    /**
     * Deletes all objects, so that the next uploads reuse memory; new memory of a virtual machine is slow at random. Then syncs the file system, since a later flush of the deletions would delay everything that waits for the disk.
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

    /** Returns the running service if it has these JVM options, else a new one. */
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

    /** The running service. */
    synchronized Service running() {
        return Objects.requireNonNull(service);
    }

    /** Starts another service on the same servers. */
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

    /** Also called by the shutdown hook, on Ctrl-C or a failure. */
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
