package com.redhat.cloud.exports.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A PostgreSQL in a process of its own, as durable as in production: with fsync and synchronous_commit, which the library turns off.
 */
public final class PostgresServer implements AutoCloseable {

    /** Superuser of the server; connections from this machine need no password. */
    public static final String USER = "postgres";

    /** Fast shutdown: ends sessions, writes a checkpoint and removes the pid file. SIGTERM would wait for clients. */
    private static final String FAST_SHUTDOWN = "INT";

    private static final Duration START = Duration.ofMinutes(2);

    private final EmbeddedPostgres server;
    private final Lifeline lifeline;

    private PostgresServer(EmbeddedPostgres server, Lifeline lifeline) {
        this.server = server;
        this.lifeline = lifeline;
    }

    /**
     * @param directory of the data; created if missing
     * @param databases created if missing
     */
    public static PostgresServer start(Path directory, Path log, int port, String... databases)
            throws IOException, SQLException {
        return start(directory, log, port, Map.of(), databases);
    }

    /**
     * The same with further configuration.
     *
     * @param configuration as in postgresql.conf
     */
    public static PostgresServer start(
            Path directory, Path log, int port, Map<String, String> configuration, String... databases)
            throws IOException, SQLException {
        var output = ProcessBuilder.Redirect.appendTo(log.toFile());
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_connections", "400")
                .setOutputRedirector(output)
                .setErrorRedirector(output);
        configuration.forEach(builder::setServerConfig);
        var server = builder.start();
        for (var database : databases) {
            createIfMissing(server.getPostgresDatabase(), database);
        }
        return new PostgresServer(server, Lifeline.tiedTo(postmaster(directory), FAST_SHUTDOWN));
    }

    /** Ends a postmaster that has outlived a killed launcher, since a data directory cannot be opened twice. */
    public static void endLeftOver(Path directory) throws IOException, InterruptedException {
        var pidFile = pidFile(directory);
        if (!Files.exists(pidFile) || !isPostgres(postmaster(directory))) {
            return;
        }
        new ProcessBuilder("kill", "-s", FAST_SHUTDOWN, Long.toString(postmaster(directory))).start();
        var deadline = System.nanoTime() + START.toNanos();
        while (Files.exists(pidFile)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("a PostgreSQL of an earlier run does not end, see " + pidFile);
            }
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private static boolean isPostgres(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }

    private static Path pidFile(Path directory) {
        return directory.resolve("postmaster.pid");
    }

    private static long postmaster(Path directory) throws IOException {
        return Long.parseLong(Files.readAllLines(pidFile(directory)).getFirst().strip());
    }

    private static void createIfMissing(DataSource maintenance, String database) throws SQLException {
        try (var connection = maintenance.getConnection();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(database))) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + database);
            }
        }
    }

    public DataSource database(String name) {
        return server.getDatabase(USER, name);
    }

    @Override
    public void close() throws IOException {
        server.close();
        lifeline.close();
    }
}
