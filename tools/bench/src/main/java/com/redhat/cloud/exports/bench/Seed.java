package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Inserts exports by SQL before a line runs. */
final class Seed {

    private static final String ORGANISATION = "bench";

    private static final String PENDING = """
            with made as (
                select gen_random_uuid() as export, gen_random_uuid() as source from generate_series(1, ?)
            ), exports as (
                insert into export_payloads (id, created_at, updated_at, expires, name, format, status, account_id,
                                             organization_id, username)
                select export, now(), now(), now() + interval '7 days', 'bench', ?, 'pending', '', ?, ? from made
            ), requested as (
                insert into sources (id, export_payload_id, position, application, status, resource)
                select source, export, 1, ?, 'pending', 'exampleResource' from made
            )
            select export, source from made""";

    /** A year of exports: 5 of 8 complete, 1 each pending, partial and failed; a third of them has exampleApp. */
    private static final String HISTORY = """
            with made as (
                select gen_random_uuid() as export, n, now() - n * interval '10 minutes' as created,
                       (array['complete', 'pending', 'complete', 'partial', 'complete', 'failed', 'complete', 'complete'])
                           [n % 8 + 1] as status
                from generate_series(1, ?) n
            ), exports as (
                insert into export_payloads (id, created_at, updated_at, completed_at, expires, name, format, status,
                                             account_id, organization_id, username)
                select export, created, created, case when status <> 'pending' then created end,
                       now() + interval '7 days', 'export ' || n, 'json', status, '', ?, ?
                from made
            )
            insert into sources (id, export_payload_id, position, application, status, resource)
            select gen_random_uuid(), export, 1, (array['exampleApp', 'inventory', 'advisor'])[n % 3 + 1],
                   case status when 'pending' then 'pending' when 'failed' then 'failed' else 'complete' end, 'systems'
            from made""";

    private final DataSource database;
    private final Path directory;
    private final Set<String> histories = new HashSet<>();

    Seed(DataSource database, Path directory) {
        this.database = database;
        this.directory = directory;
    }

    /** The only source of an export. */
    record Source(UUID exportId, UUID id) {

        String uploadPath() {
            return "/app/export/v1/%s/%s/%s/upload".formatted(exportId, Service.APPLICATION, id);
        }

        String statusPath() {
            return "/api/export/v1/exports/%s/status".formatted(exportId);
        }
    }

    /** The header x-rh-identity of a user of the one organisation. */
    static String identity(String user) {
        return identity(ORGANISATION, user);
    }

    static String identity(String organisation, String user) {
        var identity = "{\"identity\":{\"org_id\":\"%s\",\"type\":\"User\",\"user\":{\"username\":\"%s\"}}}"
                .formatted(organisation, user);
        return Base64.getEncoder().encodeToString(identity.getBytes(StandardCharsets.UTF_8));
    }

    /** Inserts exports with one pending source each. */
    List<Source> pending(String user, String format, int count) throws SQLException {
        var sources = new ArrayList<Source>(count);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(PENDING)) {
            statement.setInt(1, count);
            statement.setString(2, format);
            statement.setString(3, ORGANISATION);
            statement.setString(4, user);
            statement.setString(5, Service.APPLICATION);
            try (var made = statement.executeQuery()) {
                while (made.next()) {
                    sources.add(new Source(made.getObject(1, UUID.class), made.getObject(2, UUID.class)));
                }
            }
        }
        return sources;
    }

    /** Inserts {@code count} exports of a user, merges their counts and vacuums. */
    void history(String user, int count) throws SQLException, InterruptedException {
        history(ORGANISATION, user, count);
    }

    /** The same for a user of another organisation. */
    void history(String organisation, String user, int count) throws SQLException, InterruptedException {
        if (!histories.add(user)) {
            return;
        }
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(HISTORY)) {
            statement.setInt(1, count);
            statement.setString(2, organisation);
            statement.setString(3, user);
            statement.executeUpdate();
            awaitNone(connection, "export_counts where not merged");
        }
        tidyUp();
    }

    /** Inserts an export of the former service: one finished zip in S3, which is passed through. */
    UUID formerExport(String user, String zipKey) throws SQLException {
        var source = pending(user, "json", 1).getFirst();
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("""
                        with answered as (update sources set status = 'success', position = 0 where id = ?)
                        update export_payloads set status = 'complete', completed_at = now(), s3_key = ? where id = ?""")) {
            statement.setObject(1, source.id());
            statement.setString(2, zipKey);
            statement.setObject(3, source.exportId());
            statement.executeUpdate();
        }
        return source.exportId();
    }

    /** Waits until the relay has sent all events. */
    void awaitEmptyOutbox() throws SQLException, InterruptedException {
        try (var connection = database.getConnection()) {
            awaitNone(connection, "outbox");
        }
    }

    /** Vacuums and checkpoints now, so that the database does not do so during the next run. */
    void tidyUp() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }

    private static void awaitNone(Connection connection, String rows) throws SQLException, InterruptedException {
        try (var statement = connection.createStatement()) {
            while (true) {
                try (var left = statement.executeQuery("select exists (select from %s)".formatted(rows))) {
                    left.next();
                    if (!left.getBoolean(1)) {
                        return;
                    }
                }
                Thread.sleep(10);
            }
        }
    }

    /** Writes a file for wrk, one item per line. */
    Path file(String name, List<String> lines) throws IOException {
        return Files.write(directory.resolve(name), lines);
    }
}
