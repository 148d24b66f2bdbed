package com.redhat.cloud.exports.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Records what the database commits, by triggers in a schema of the harness: without what is rolled back, with what is deleted later.
 */
final class Audit {

    private static final String TRIGGERS = """
            create schema chaos;
            create table chaos.log (
                at timestamptz not null default clock_timestamp(),
                what text not null,
                export_id uuid,
                source_id uuid,
                detail text
            );
            create function chaos.export_created() returns trigger language plpgsql as $$
            begin insert into chaos.log (what, export_id, detail) values ('created', new.id, new.name); return null; end $$;
            create function chaos.export_gone() returns trigger language plpgsql as $$
            begin insert into chaos.log (what, export_id) values ('gone', old.id); return null; end $$;
            create function chaos.export_finished() returns trigger language plpgsql as $$
            begin insert into chaos.log (what, export_id, detail) values ('finished', new.id, old.status || ' ' || new.status);
            return null; end $$;
            create function chaos.source_asked() returns trigger language plpgsql as $$
            begin insert into chaos.log (what, export_id, source_id) values ('asked', new.export_payload_id, new.id);
            return null; end $$;
            create function chaos.source_answered() returns trigger language plpgsql as $$
            begin insert into chaos.log (what, export_id, source_id, detail)
            values ('answered', new.export_payload_id, new.id,
                    case new.status when 'complete' then encode(new.sha256, 'hex') else 'error ' || new.code end);
            return null; end $$;
            create function chaos.request_again() returns trigger language plpgsql as $$
            begin insert into chaos.log (what, source_id) values ('again', new.source_id); return null; end $$;
            create function chaos.object_deleted() returns trigger language plpgsql as $$
            begin insert into chaos.log (what, detail) values ('deleted', old.storage_key); return null; end $$;
            create trigger chaos_created after insert on export_payloads
                for each row execute function chaos.export_created();
            create trigger chaos_gone after delete on export_payloads
                for each row execute function chaos.export_gone();
            create trigger chaos_finished after update of status on export_payloads
                for each row when (old.status in ('complete', 'partial', 'failed')) execute function chaos.export_finished();
            create trigger chaos_asked after insert on sources
                for each row execute function chaos.source_asked();
            create trigger chaos_answered after update of status on sources
                for each row execute function chaos.source_answered();
            create trigger chaos_again after insert on outbox
                for each row when (new.announced_at is not null) execute function chaos.request_again();
            create trigger chaos_deleted after delete on pending_deletions
                for each row when (old.attempts > 0) execute function chaos.object_deleted();
            """;

    private final DataSource database;

    Audit(DataSource database) {
        this.database = database;
    }

    void install() throws SQLException {
        execute(TRIGGERS);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes postponed deletions due now: the service retries a failed one after up to an hour. Only while no upload is running. */
    void bringDeletionsForward() throws SQLException {
        execute("update pending_deletions set due = now() where due > now()");
    }

    /**
     * The committed facts.
     *
     * @param exports ever created, with their names
     * @param gone deleted or expired
     * @param sources ever created, with their export
     * @param answers of sources in order: the SHA-256 of data, or the number of an error
     * @param again reminders per source
     * @param erased objects
     * @param changedAfterTheEnd exports whose final status changed
     */
    record Committed(
            Map<UUID, String> exports,
            Set<UUID> gone,
            Map<UUID, UUID> sources,
            Map<UUID, List<String>> answers,
            Map<UUID, Integer> again,
            int erased,
            List<String> changedAfterTheEnd) {}

    Committed committed() throws SQLException {
        var exports = new HashMap<UUID, String>();
        var gone = new HashSet<UUID>();
        var sources = new HashMap<UUID, UUID>();
        var answers = new HashMap<UUID, List<String>>();
        var again = new HashMap<UUID, Integer>();
        var changed = new ArrayList<String>();
        int erased = 0;
        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select what, export_id, source_id, detail from chaos.log order by at")) {
            while (rows.next()) {
                var export = rows.getObject("export_id", UUID.class);
                var source = rows.getObject("source_id", UUID.class);
                var detail = rows.getString("detail");
                switch (rows.getString("what")) {
                    case "created" -> exports.put(export, detail);
                    case "gone" -> gone.add(export);
                    case "asked" -> sources.put(source, export);
                    case "answered" ->
                        answers.computeIfAbsent(source, id -> new ArrayList<>()).add(detail);
                    case "again" -> again.merge(source, 1, Integer::sum);
                    case "finished" -> changed.add(export + ": " + detail);
                    default -> erased++;
                }
            }
        }
        return new Committed(exports, gone, sources, answers, again, erased, changed);
    }

    /** An export in the database. */
    record Live(UUID id, int tenant, String status, int pendingSources) {}

    List<Live> live() throws SQLException {
        var live = new ArrayList<Live>();
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("""
                        select e.id, substr(e.organization_id, 4)::int as tenant, e.status,
                               (select count(*) from sources s where s.export_payload_id = e.id and s.status = 'pending')
                        from export_payloads e where e.expires > now()""")) {
            while (rows.next()) {
                live.add(new Live(
                        rows.getObject("id", UUID.class),
                        rows.getInt("tenant"),
                        rows.getString("status"),
                        rows.getInt(4)));
            }
        }
        return live;
    }

    /** Keys of the objects of sources. */
    Set<String> keys() throws SQLException {
        var keys = new java.util.TreeSet<String>();
        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select storage_key from sources where storage_key is not null")) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    /** Rows of a table. */
    int count(String table) throws SQLException {
        try (Connection connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
