package com.redhat.cloud.exports.source;

import com.redhat.cloud.exports.config.SqlStatement;
import com.redhat.cloud.exports.export.ExportFormat;
import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.export.ExportStatus;
import com.redhat.cloud.exports.export.SourceStatus;
import com.redhat.cloud.exports.extension.Hook;
import com.redhat.cloud.exports.extension.Hooks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sources in the database, and the one transaction that settles a source and its export. */
@Component
class Sources {

    private static final SqlStatement FIND = SqlStatement.read("source/find");
    private static final SqlStatement START_ATTEMPT = SqlStatement.read("source/start-attempt");
    private static final SqlStatement RENEW_LEASE = SqlStatement.read("source/renew-lease");
    private static final SqlStatement NOTE_UPLOAD = SqlStatement.read("source/note-upload");
    private static final SqlStatement GIVE_UP = SqlStatement.read("source/give-up");
    private static final SqlStatement LOCK_EXPORT = SqlStatement.read("source/lock-export");
    private static final SqlStatement COMPLETE = SqlStatement.read("source/complete");
    private static final SqlStatement FAIL = SqlStatement.read("source/fail");
    private static final SqlStatement STATUSES = SqlStatement.read("source/statuses");
    private static final SqlStatement SETTLE_EXPORT = SqlStatement.read("source/settle-export");
    private static final SqlStatement KEEP_CONTENT = SqlStatement.read("source/keep-content");
    private static final SqlStatement FORMER_CONTENT = SqlStatement.read("source/find-former-content");
    private static final SqlStatement TAKE_IN = SqlStatement.read("source/take-in");
    private static final SqlStatement EXPORT_OF = SqlStatement.read("source/export-of");

    /** What may stand in a storage key as it is, in a path and in a signature. */
    private static final Pattern NOT_FOR_KEYS = Pattern.compile("[^A-Za-z0-9_-]");

    private static final int LONGEST_ORG_ID_IN_KEYS = 64;

    private final JdbcClient database;
    private final Hooks hooks;

    Sources(JdbcClient database, Hooks hooks) {
        this.database = database;
        this.hooks = hooks;
    }

    /**
     * @throws ExportNotFoundException when the export is not there, or no more
     * @throws SourceNotFoundException when it has no such source
     */
    RequestedSource find(UUID exportId, UUID sourceId) {
        return FIND.on(database)
                .param("exportId", exportId)
                .param("sourceId", sourceId)
                .query((row, number) -> source(row, exportId))
                .optional()
                .orElseThrow(() -> ExportNotFoundException.of(exportId))
                .orElseThrow(() -> SourceNotFoundException.of(sourceId));
    }

    private static Optional<RequestedSource> source(ResultSet row, UUID exportId) throws SQLException {
        UUID id = row.getObject("source_id", UUID.class);
        if (id == null) {
            return Optional.empty();
        }
        SourceStatus status = SourceStatus.of(row.getString("status"));
        return Optional.of(new RequestedSource(
                exportId,
                id,
                row.getString("organization_id"),
                row.getString("application"),
                ExportFormat.of(row.getString("format")).orElseThrow(),
                status,
                row.getBoolean("expired"),
                status.acceptsAnswer()
                        ? null
                        : new RequestedSource.Earlier(
                                row.getInt("code"),
                                row.getString("message"),
                                row.getLong("size"),
                                row.getBytes("sha256"))));
    }

    /**
     * Reserves a storage key that nobody has used: {@code <org>/<export>/<source>.<attempt>}. Unless the attempt
     * succeeds, the object of this key is erased when the lease has run out.
     *
     * @throws AlreadyAnsweredException when the source has been answered meanwhile
     */
    String startAttempt(RequestedSource source, Duration lease) {
        return startAttempt(source.orgId(), source.exportId(), source.id(), lease)
                .orElseThrow(AlreadyAnsweredException::new);
    }

    private Optional<String> startAttempt(String orgId, UUID exportId, UUID sourceId, Duration lease) {
        return START_ATTEMPT
                .on(database)
                .param("sourceId", sourceId)
                .param("prefix", "%s/%s/%s".formatted(forKeys(orgId), exportId, sourceId))
                .param("leaseSeconds", lease.toSeconds())
                .query(String.class)
                .optional();
    }

    /** The id is there for people who look into the bucket: it is the UUIDs that tell objects apart. */
    private static String forKeys(String orgId) {
        String plain = NOT_FOR_KEYS.matcher(orgId).replaceAll("_");
        return plain.substring(0, Math.min(plain.length(), LONGEST_ORG_ID_IN_KEYS));
    }

    /** @return whether the object was still this attempt's */
    boolean renewLease(String storageKey, Duration lease) {
        return RENEW_LEASE
                        .on(database)
                        .param("storageKey", storageKey)
                        .param("leaseSeconds", lease.toSeconds())
                        .update()
                == 1;
    }

    void noteMultipartUpload(String storageKey) {
        NOTE_UPLOAD.on(database).param("storageKey", storageKey).update();
    }

    /** Gives the object of a failed attempt to the eraser. */
    void giveUp(UUID sourceId, String storageKey) {
        GIVE_UP.on(database)
                .param("sourceId", sourceId)
                .param("storageKey", storageKey)
                .update();
    }

    /** The export of a source that still waits for its answer. */
    Optional<UUID> exportOf(UUID sourceId) {
        return EXPORT_OF
                .on(database)
                .param("sourceId", sourceId)
                .query(UUID.class)
                .optional();
    }

    /**
     * Records an answer and what it makes of the export, all or nothing. Answers of one export take turns: the last one
     * sees the others and finishes the export.
     *
     * @throws ExportNotFoundException when the export has been deleted or has expired meanwhile
     * @throws AlreadyAnsweredException when another answer came first
     * @throws LeaseLostException when the content has been erased meanwhile
     */
    @Transactional
    public void settle(UUID exportId, UUID sourceId, Answer answer) {
        lock(exportId);
        switch (answer) {
            case Answer.Delivery delivery -> complete(exportId, sourceId, delivery);
            case Answer.Failure failure -> fail(exportId, sourceId, failure);
        }
        ExportStatus status = settleExport(exportId);
        hooks.happened(Hook.SOURCE_ANSWERED, exportId, sourceId);
        if (status.isFinished()) {
            hooks.happened(Hook.EXPORT_FINISHED, exportId);
        }
    }

    private void lock(UUID exportId) {
        LOCK_EXPORT
                .on(database)
                .param("exportId", exportId)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> ExportNotFoundException.of(exportId));
    }

    private void complete(UUID exportId, UUID sourceId, Answer.Delivery delivery) {
        Completion completion = COMPLETE.on(database)
                .param("exportId", exportId)
                .param("sourceId", sourceId)
                .params(parameters(delivery))
                .query((row, number) -> new Completion(row.getBoolean("completed"), row.getBoolean("kept")))
                .single();
        if (!completion.completed()) {
            throw new AlreadyAnsweredException();
        }
        if (!completion.kept()) {
            throw new LeaseLostException();
        }
    }

    private record Completion(boolean completed, boolean kept) {}

    private void fail(UUID exportId, UUID sourceId, Answer.Failure failure) {
        int failed = FAIL.on(database)
                .param("exportId", exportId)
                .param("sourceId", sourceId)
                .param("code", failure.code())
                .param("message", failure.message())
                .update();
        if (failed == 0) {
            throw new AlreadyAnsweredException();
        }
    }

    private static Map<String, Object> parameters(Answer.Delivery delivery) {
        return Map.of(
                "storageKey", delivery.storageKey(),
                "size", delivery.size(),
                "deflatedSize", delivery.deflatedSize(),
                "crc32", delivery.crc32(),
                "sha256", delivery.sha256());
    }

    private void keep(String storageKey) {
        if (KEEP_CONTENT.on(database).param("storageKey", storageKey).update() == 0) {
            throw new LeaseLostException();
        }
    }

    private ExportStatus settleExport(UUID exportId) {
        List<SourceStatus> statuses = STATUSES.on(database)
                .param("exportId", exportId)
                .query((row, number) -> SourceStatus.of(row.getString("status")))
                .list();
        ExportStatus status = ExportStatus.of(statuses);
        SETTLE_EXPORT
                .on(database)
                .param("exportId", exportId)
                .param("status", status.word())
                .param("finished", status.isFinished())
                .update();
        return status;
    }

    /**
     * Gives an export the status that its sources say.
     *
     * @throws ExportNotFoundException when the export has been deleted or has expired meanwhile
     */
    @Transactional
    public void settle(UUID exportId) {
        lock(exportId);
        if (settleExport(exportId).isFinished()) {
            hooks.happened(Hook.EXPORT_FINISHED, exportId);
        }
    }

    /** A source's data as the former service has stored it: the bytes that were sent, in an object of their own. */
    record FormerContent(String orgId, UUID exportId, UUID sourceId, String rawKey) {}

    List<FormerContent> formerContent(UUID exportId) {
        return FORMER_CONTENT
                .on(database)
                .param("exportId", exportId)
                .query((row, number) -> new FormerContent(
                        row.getString("organization_id"),
                        exportId,
                        row.getObject("id", UUID.class),
                        row.getString("raw_key")))
                .list();
    }

    /** As {@link #startAttempt(RequestedSource, Duration)}; empty when the content has been taken in meanwhile. */
    Optional<String> startAttempt(FormerContent content, Duration lease) {
        return startAttempt(content.orgId(), content.exportId(), content.sourceId(), lease);
    }

    /**
     * Puts content where the former service's stood, and enters that for erasing.
     *
     * @return false when another one was faster
     */
    @Transactional
    public boolean takeIn(FormerContent content, Answer.Delivery delivery) {
        int taken = TAKE_IN.on(database)
                .param("sourceId", content.sourceId())
                .param("rawKey", content.rawKey())
                .params(parameters(delivery))
                .update();
        if (taken == 0) {
            return false;
        }
        keep(delivery.storageKey());
        return true;
    }
}
