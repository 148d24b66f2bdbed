package com.redhat.cloud.exports.event;

import com.redhat.cloud.exports.config.SqlFile;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Request events that wait to be sent. The statement that creates an export writes them. */
@Component
class Outbox {

    private static final String CLAIM = SqlFile.read("event/claim");
    private static final String FORGET = SqlFile.read("event/forget");
    private static final String REFUSE = SqlFile.read("event/refuse");

    private final JdbcClient database;

    Outbox(JdbcClient database) {
        this.database = database;
    }

    record Entry(long id, UUID sourceId, String application, String identity, String event) {}

    /** The oldest entries, oldest first, locked for the running transaction. */
    List<Entry> claim(int limit) {
        return database.sql(CLAIM)
                .param("limit", limit)
                .query((row, number) -> new Entry(
                        row.getLong("id"),
                        row.getObject("source_id", UUID.class),
                        row.getString("application"),
                        row.getString("identity"),
                        row.getString("event")))
                .list();
    }

    void forget(List<Entry> entries) {
        database.sql(FORGET)
                .param("ids", entries.stream().map(Entry::id).toArray(Long[]::new))
                .update();
    }

    void refuse(Entry entry, String reason) {
        database.sql(REFUSE).param("id", entry.id()).param("reason", reason).update();
    }
}
