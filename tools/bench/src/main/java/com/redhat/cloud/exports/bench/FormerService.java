package com.redhat.cloud.exports.bench;

import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The former service on the same servers, with its own database and the index that it lacks. {@code FORMER} names a folder with its source and its built program.
 */
final class FormerService implements AutoCloseable {

    private static final String DATABASE = "former";
    private static final String PROGRAM = "export-service";

    private final ChildProcess process;
    private final Seed seed;
    private final URI publicApi;
    private final URI internalApi;

    private FormerService(ChildProcess process, Seed seed, URI publicApi, URI internalApi) {
        this.process = process;
        this.seed = seed;
        this.publicApi = publicApi;
        this.internalApi = internalApi;
    }

    static boolean isGiven() {
        return System.getenv("FORMER") != null;
    }

    /** @param directory for its files; new */
    static FormerService start(Servers servers, Path directory) throws IOException, InterruptedException, SQLException {
        Files.createDirectories(directory);
        execute(servers, servers.environment().get("PGSQL_DATABASE"), "create database " + DATABASE);
        var ports = Ports.free(3);
        var environment = new HashMap<>(servers.environment());
        environment.putAll(Map.ofEntries(
                Map.entry("PGSQL_DATABASE", DATABASE),
                Map.entry("PGSQL_SSL_MODE", "disable"),
                Map.entry("PUBLIC_PORT", Integer.toString(ports[0])),
                Map.entry("PRIVATE_PORT", Integer.toString(ports[1])),
                Map.entry("METRICS_PORT", Integer.toString(ports[2])),
                Map.entry("EXPORTS_PSKS", Service.PRE_SHARED_KEY),
                Map.entry("RATE_LIMIT_RATE", "1000000"),
                Map.entry("RATE_LIMIT_BURST", "1000000"),
                Map.entry("LOG_LEVEL", "ERROR"),
                // Else it cuts off a large body on a slow machine.
                Map.entry("PRIVATE_HTTP_SERVER_READ_TIMEOUT", "60s"),
                Map.entry("PRIVATE_HTTP_SERVER_WRITE_TIMEOUT", "60s")));
        if (command(environment, directory, "migrate_db", "upgrade").start().waitFor() != 0) {
            throw new IOException("the former service could not set up its database, see " + directory);
        }
        // The index, and the tables that Seed needs.
        execute(servers, DATABASE, """
                create index on sources (export_payload_id);
                alter table sources add position int;
                create view export_counts as select true as merged limit 0""");
        var process = ChildProcess.start("former service", command(environment, directory, "api_server"));
        Service.awaitReady(process, ports[2], log(directory));
        return new FormerService(
                process, new Seed(servers.database(DATABASE), directory), local(ports[0]), local(ports[1]));
    }

    private static ProcessBuilder command(Map<String, String> environment, Path directory, String... arguments) {
        var home = Path.of(System.getenv("FORMER")).toAbsolutePath();
        var command = new ProcessBuilder(home.resolve(PROGRAM).toString());
        command.command().addAll(List.of(arguments));
        command.directory(home.toFile());
        command.environment().putAll(environment);
        return command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile()));
    }

    private static Path log(Path directory) {
        return directory.resolve("log");
    }

    private static void execute(Servers servers, String database, String sql) throws SQLException {
        try (var connection = servers.database(database).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static URI local(int port) {
        return URI.create("http://localhost:" + port);
    }

    /** Rows in its database. */
    Seed seed() {
        return seed;
    }

    ProcessMeter meter() {
        return new ProcessMeter(process.pid());
    }

    /** Without a path. */
    URI publicApi() {
        return publicApi;
    }

    /** Without a path. */
    URI internalApi() {
        return internalApi;
    }

    @Override
    public void close() {
        process.close();
    }
}
