package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the lines run on: the servers, and the service with the JVM options that a line asks for. */
final class Stage implements AutoCloseable {

    private final Path directory;
    private final Servers servers;
    private final Seed seed;
    private final Limits limits;
    private List<String> options = List.of();
    private @Nullable Service service;

    Stage(Path directory, Servers servers) {
        this.directory = directory;
        this.servers = servers;
        this.seed = new Seed(servers.database(servers.environment().get("PGSQL_DATABASE")), directory);
        this.limits = new Limits(servers, directory);
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

    Path file(String name) {
        return directory.resolve(name);
    }

    /** The one that runs if it has these options, else a new one. */
    synchronized Service service(String... jvmOptions) throws IOException, InterruptedException {
        var wanted = List.of(jvmOptions);
        var running = service;
        if (running != null && wanted.equals(options)) {
            return running;
        }
        stopService();
        running = Service.start(servers.environment(), Service.JAR, file("service.log"), wanted);
        service = running;
        options = wanted;
        return running;
    }

    synchronized void stopService() {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    @Override
    public void close() {
        stopService();
        servers.close();
    }
}
