package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportFormat;
import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.export.SourceStatus;
import com.redhat.cloud.exports.platform.concurrency.BatchingExecutor;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.database.DatabaseBatches;
import com.redhat.cloud.exports.platform.database.SqlStatement;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sources in the database. What many ask for at the same time is asked together. */
@Component
public class SourceRepository {

    private static final SqlStatement FIND = SqlStatement.read("upload/find");
    private static final SqlStatement START_ATTEMPT = SqlStatement.read("upload/start-attempt");
    private static final SqlStatement RENEW_LEASE = SqlStatement.read("upload/renew-lease");
    private static final SqlStatement NOTE_UPLOAD = SqlStatement.read("upload/note-multipart-upload");
    private static final SqlStatement ABANDON_ATTEMPT = SqlStatement.read("upload/abandon-attempt");
    private static final SqlStatement FORMER_CONTENT = SqlStatement.read("adoption/find-content");
    private static final SqlStatement ADOPT = SqlStatement.read("adoption/adopt-content");
    private static final SqlStatement EXPORT_OF = SqlStatement.read("upload/export-of");

    /** What may stand in a storage key as it is, in a path and in a signature. */
    private static final Pattern NOT_FOR_KEYS = Pattern.compile("[^A-Za-z0-9_-]");

    private static final int MAX_ORG_ID_LENGTH = 64;

    /** Batches of one kind at a time. */
    private static final int BATCHES = 2;

    private final JdbcClient database;
    private final Duration lease;
    private final BatchingExecutor<Wanted, @Nullable Found> finding;
    private final BatchingExecutor<Attempt, Boolean> starting;

    SourceRepository(JdbcClient database, ExportProperties properties) {
        this.database = database;
        this.lease = properties.upload().lease();
        Duration queueTimeout = properties.traffic().queueTimeout();
        this.finding = DatabaseBatches.of("answers", BATCHES, wanted -> 0, queueTimeout, this::findAll);
        this.starting = DatabaseBatches.of("answers", BATCHES, attempt -> 0, queueTimeout, this::startAll);
    }

    /**
     * @throws ExportNotFoundException when the export is not there, or no more
     * @throws ServiceException when it has no such source
     */
    RequestedSource find(UUID exportId, UUID sourceId) {
        Found found = finding.execute(exportId.toString(), new Wanted(exportId, sourceId));
        if (found == null) {
            throw ExportNotFoundException.of(exportId);
        }
        if (found.source() == null) {
            throw ServiceException.notFound("source `%s` not found".formatted(sourceId));
        }
        return found.source();
    }

    private record Wanted(UUID exportId, UUID sourceId) {}

    /** What there is of an export that lives. */
    private record Found(@Nullable RequestedSource source) {}

    private List<@Nullable Found> findAll(List<Wanted> wanted) {
        @Nullable Found[] found = new Found[wanted.size()];
        FIND.on(database)
                .param("exportIds", texts(wanted, one -> one.exportId().toString()))
                .param("sourceIds", texts(wanted, one -> one.sourceId().toString()))
                .query(row -> {
                    while (row.next()) {
                        int number = row.getInt("number") - 1;
                        found[number] = new Found(source(row, wanted.get(number)));
                    }
                    return found;
                });
        return Arrays.asList(found);
    }

    private static @Nullable RequestedSource source(ResultSet row, Wanted wanted) throws SQLException {
        String word = row.getString("status");
        if (word == null) {
            return null;
        }
        SourceStatus status = SourceStatus.of(word);
        return new RequestedSource(
                wanted.exportId(),
                wanted.sourceId(),
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
                                row.getBytes("sha256")));
    }

    /**
     * Reserves a storage key that nobody has used: {@code <org>/<export>/<source>.<attempt>}. Unless the attempt
     * succeeds, the object of this key is erased when the lease has run out.
     *
     * @throws AlreadyAnsweredException when the source has been answered meanwhile
     */
    String startAttempt(RequestedSource source) {
        return startAttempt(source.orgId(), source.exportId(), source.id()).orElseThrow(AlreadyAnsweredException::new);
    }

    private Optional<String> startAttempt(String orgId, UUID exportId, UUID sourceId) {
        String key = "%s/%s/%s.%s".formatted(forKeys(orgId), exportId, sourceId, nextAttempt());
        boolean started = starting.execute(exportId.toString(), new Attempt(sourceId, key));
        return started ? Optional.of(key) : Optional.empty();
    }

    /** In place of a number, which would have to be counted somewhere. */
    private static String nextAttempt() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private record Attempt(UUID sourceId, String storageKey) {}

    private List<Boolean> startAll(List<Attempt> attempts) {
        Set<String> started = Set.copyOf(START_ATTEMPT
                .on(database)
                .param(
                        "sourceIds",
                        texts(attempts, attempt -> attempt.sourceId().toString()))
                .param("storageKeys", texts(attempts, Attempt::storageKey))
                .param("leaseSeconds", lease.toSeconds())
                .query(String.class)
                .list());
        return attempts.stream()
                .map(attempt -> started.contains(attempt.storageKey()))
                .toList();
    }

    private static <T> String[] texts(List<T> values, Function<T, String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }

    /** The id is there for people who look into the bucket: it is the UUIDs that tell objects apart. */
    private static String forKeys(String orgId) {
        String plain = NOT_FOR_KEYS.matcher(orgId).replaceAll("_");
        return plain.substring(0, Math.min(plain.length(), MAX_ORG_ID_LENGTH));
    }

    /** @return whether the object was still this attempt's */
    boolean renewLease(String storageKey) {
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
        ABANDON_ATTEMPT
                .on(database)
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

    private static Map<String, Object> parameters(SourceResult.Delivery delivery) {
        return Map.of(
                "storageKey", delivery.storageKey(),
                "size", delivery.size(),
                "deflatedSize", delivery.deflatedSize(),
                "crc32", delivery.crc32(),
                "sha256", delivery.sha256());
    }

    /** A source's data as the former service has stored it: the bytes that were sent, in an object of their own. */
    public record FormerContent(String orgId, UUID exportId, UUID sourceId, String rawKey) {}

    public List<FormerContent> formerContent(UUID exportId) {
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

    /** As {@link #startAttempt(RequestedSource)}; empty when the content has been taken in meanwhile. */
    Optional<String> startAttempt(FormerContent content) {
        return startAttempt(content.orgId(), content.exportId(), content.sourceId());
    }

    /**
     * Puts content where the former service's stood, and enters that for erasing.
     *
     * @return false when another one was faster
     */
    boolean adopt(FormerContent content, SourceResult.Delivery delivery) {
        return ADOPT.on(database)
                .param("sourceId", content.sourceId())
                .param("rawKey", content.rawKey())
                .params(parameters(delivery))
                .query((row, number) -> {
                    boolean adopted = row.getBoolean("adopted");
                    if (row.getBoolean("adoptable") && !adopted) {
                        throw new LeaseLostException();
                    }
                    return adopted;
                })
                .single();
    }
}
