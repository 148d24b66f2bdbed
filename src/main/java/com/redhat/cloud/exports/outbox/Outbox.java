package com.redhat.cloud.exports.outbox;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.ResponseProperties;
import com.redhat.cloud.exports.platform.database.SqlStatement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Request events to send. {@code sql/export/create.sql} adds them, as part of the statement that creates an export. */
@Component
class Outbox {

    private static final SqlStatement CLAIM = SqlStatement.read("outbox/claim");
    private static final SqlStatement RELEASE = SqlStatement.read("outbox/release");
    private static final SqlStatement ACKNOWLEDGE = SqlStatement.read("outbox/acknowledge");
    private static final SqlStatement REFUSE = SqlStatement.read("outbox/refuse");

    /**
     * How often a claim starts from the first id. Other claims skip what was sent: deleted rows stay in the index until a
     * vacuum, which a running backup holds up, and after a million events each claim would step over a million of them.
     */
    private static final Duration FULL_CLAIM_INTERVAL = Duration.ofSeconds(1);

    private final JdbcClient database;
    private final ResponseProperties response;

    /** Events with this id or a lower one wait only if committed late, released, or of an expired lease. */
    private long after;

    private long highestClaimed;
    private long lastFullClaim = System.nanoTime() - FULL_CLAIM_INTERVAL.toNanos();

    Outbox(JdbcClient database, ExportProperties properties) {
        this.database = database;
        this.response = properties.response();
    }

    record Entry(long id, UUID sourceId, String application, String identity, String event) {}

    /**
     * Claims the oldest entries. One that is older than those already sent may be found a second late. For one thread.
     *
     * @param limit maximum number of entries
     * @param bytes maximum size of all together, unless the first alone is larger
     * @param lease how long the claim holds
     * @return oldest first
     */
    List<Entry> claim(int limit, int bytes, Duration lease) {
        boolean full = System.nanoTime() - lastFullClaim >= FULL_CLAIM_INTERVAL.toNanos();
        List<Entry> entries = claim(full ? 0 : after, limit, bytes, lease);
        boolean late = !entries.isEmpty() && entries.getFirst().id() <= after;
        // Where there is a late one there may be more.
        if (full && !late) {
            lastFullClaim = System.nanoTime();
            after = highestClaimed;
        }
        if (!entries.isEmpty()) {
            highestClaimed = Math.max(highestClaimed, entries.getLast().id());
        }
        return entries;
    }

    private List<Entry> claim(long after, int limit, int bytes, Duration lease) {
        return CLAIM
                .on(database)
                .param("after", after)
                .param("limit", limit)
                .param("bytes", bytes)
                .param("leaseSeconds", lease.toSeconds())
                .query((row, number) -> new Entry(
                        row.getLong("id"),
                        row.getObject("source_id", UUID.class),
                        row.getString("application"),
                        row.getString("identity"),
                        row.getString("event")))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(Entry::id))
                .toList();
    }

    /** Releases entries for another attempt. */
    void release(List<Entry> entries) {
        RELEASE.on(database).param("ids", ids(entries)).update();
    }

    /** Removes entries that Kafka has acknowledged, and starts waiting for their results. */
    void acknowledge(List<Entry> entries) {
        ACKNOWLEDGE
                .on(database)
                .param("ids", ids(entries))
                .param("deadlineSeconds", seconds(response.deadline()))
                .param("reminders", response.reminders())
                .param("reminderSeconds", seconds(response.reminderAfter()))
                .update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Long[] ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).toArray(Long[]::new);
    }

    /** Marks an entry that Kafka will never accept, with the reason for operators. */
    void refuse(Entry entry, String reason) {
        REFUSE.on(database)
                .param("id", entry.id())
                .param("sourceId", entry.sourceId())
                .param("reason", reason)
                .update();
    }
}
