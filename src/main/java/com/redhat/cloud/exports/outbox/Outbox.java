package com.redhat.cloud.exports.outbox;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.database.SqlStatement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Request events that wait to be sent. The statement that creates an export writes them. */
@Component
class Outbox {

    private static final SqlStatement CLAIM = SqlStatement.read("outbox/claim");
    private static final SqlStatement RELEASE = SqlStatement.read("outbox/release");
    private static final SqlStatement ACKNOWLEDGE = SqlStatement.read("outbox/acknowledge");
    private static final SqlStatement REFUSE = SqlStatement.read("outbox/refuse");

    /**
     * How often it is looked for entries from the first id on. A row that has been deleted stays in the index until the
     * database vacuums it, and while a backup runs not even then: in between, who has sent a million events would step
     * over all of them for the next one.
     */
    private static final Duration LOOK_AT_ALL = Duration.ofSeconds(1);

    private final JdbcClient database;
    private final ExportProperties.Response silence;

    /** What waits at or below this id was committed late, was released, or its lease has run out. */
    private long after;

    private long highestClaimed;
    private long lookedAtAll = System.nanoTime() - LOOK_AT_ALL.toNanos();

    Outbox(JdbcClient database, ExportProperties properties) {
        this.database = database;
        this.silence = properties.response();
    }

    record Entry(long id, UUID sourceId, String application, String identity, String event) {}

    /**
     * Takes the oldest entries that nobody else has; of those that are left behind the others it may not know for a second.
     * For one thread.
     *
     * @param limit most entries
     * @param bytes most bytes of all of them together, unless the first alone has more
     * @param lease how long they are the caller's
     * @return oldest first
     */
    List<Entry> claim(int limit, int bytes, Duration lease) {
        boolean all = System.nanoTime() - lookedAtAll >= LOOK_AT_ALL.toNanos();
        List<Entry> entries = claim(all ? 0 : after, limit, bytes, lease);
        boolean leftBehind = !entries.isEmpty() && entries.getFirst().id() <= after;
        // Where there was one left behind there may be more.
        if (all && !leftBehind) {
            lookedAtAll = System.nanoTime();
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

    /** Gives entries back for another try. */
    void release(List<Entry> entries) {
        RELEASE.on(database).param("ids", ids(entries)).update();
    }

    /** Takes entries that Kafka has out, and starts to wait for the answers. */
    void acknowledge(List<Entry> entries) {
        ACKNOWLEDGE
                .on(database)
                .param("ids", ids(entries))
                .param("deadlineSeconds", seconds(silence.deadline()))
                .param("reminders", silence.reminders())
                .param("reminderSeconds", seconds(silence.reminderAfter()))
                .update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Long[] ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).toArray(Long[]::new);
    }

    /** Sets an entry aside, with the reason for the operator. */
    void refuse(Entry entry, String reason) {
        REFUSE.on(database)
                .param("id", entry.id())
                .param("sourceId", entry.sourceId())
                .param("reason", reason)
                .update();
    }
}
