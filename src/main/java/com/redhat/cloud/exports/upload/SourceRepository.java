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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sources in the database. Concurrent calls share statements. */
@Component
class SourceRepository {

    private static final SqlStatement FIND = SqlStatement.read("upload/find");
    private static final SqlStatement START_ATTEMPT = SqlStatement.read("upload/start-attempt");
    private static final SqlStatement RENEW_LEASE = SqlStatement.read("upload/renew-lease");
    private static final SqlStatement NOTE_MULTIPART_UPLOAD = SqlStatement.read("upload/note-multipart-upload");
    private static final SqlStatement ABANDON_ATTEMPT = SqlStatement.read("upload/abandon-attempt");

    /** Characters that a path or a signature would escape. */
    private static final Pattern UNSAFE_IN_KEYS = Pattern.compile("[^A-Za-z0-9_-]");

    private static final int MAX_ORG_ID_LENGTH = 64;

    /** Concurrent batches of one kind. */
    private static final int BATCHES = 2;

    private final JdbcClient database;
    private final Duration lease;
    private final BatchingExecutor<Query, @Nullable Found> finding;
    private final BatchingExecutor<Attempt, Boolean> starting;

    SourceRepository(JdbcClient database, ExportProperties properties) {
        this.database = database;
        this.lease = properties.upload().lease();
        Duration queueTimeout = properties.traffic().queueTimeout();
        this.finding = DatabaseBatches.of("requests", BATCHES, query -> 0, queueTimeout, this::findAll);
        this.starting = DatabaseBatches.of("uploads", BATCHES, attempt -> 0, queueTimeout, this::startAll);
    }

    /**
     * Finds a source. Only the answer names the organisation, so exports take turns.
     *
     * @throws ExportNotFoundException when the export does not exist or has expired
     * @throws ServiceException when it has no such source
     */
    RequestedSource find(UUID exportId, UUID sourceId) {
        Found found = finding.execute(exportId.toString(), new Query(exportId, sourceId));
        if (found == null) {
            throw ExportNotFoundException.of(exportId);
        }
        if (found.source() == null) {
            throw ServiceException.notFound("source `%s` not found".formatted(sourceId));
        }
        return found.source();
    }

    private record Query(UUID exportId, UUID sourceId) {}

    /** The result for an export that exists; null if it lacks the source. */
    private record Found(@Nullable RequestedSource source) {}

    private List<@Nullable Found> findAll(List<Query> queries) {
        @Nullable Found[] found = new Found[queries.size()];
        FIND.on(database)
                .param("exportIds", texts(queries, query -> query.exportId().toString()))
                .param("sourceIds", texts(queries, query -> query.sourceId().toString()))
                .query(row -> {
                    while (row.next()) {
                        int number = row.getInt("number") - 1;
                        found[number] = new Found(source(row, queries.get(number)));
                    }
                    return found;
                });
        return Arrays.asList(found);
    }

    private static @Nullable RequestedSource source(ResultSet row, Query query) throws SQLException {
        String wireName = row.getString("status");
        if (wireName == null) {
            return null;
        }
        SourceStatus status = SourceStatus.of(wireName);
        return new RequestedSource(
                query.exportId(),
                query.sourceId(),
                row.getString("organization_id"),
                row.getString("application"),
                Optional.ofNullable(row.getString("format"))
                        .flatMap(ExportFormat::of)
                        .orElse(null),
                status,
                row.getBoolean("expired"),
                status.acceptsResult()
                        ? null
                        : new RequestedSource.Earlier(
                                row.getInt("code"),
                                row.getString("message"),
                                row.getLong("size"),
                                row.getBytes("sha256")));
    }

    /**
     * Registers a new storage key, {@code <org>/<export>/<source>.<attempt>}. Unless the attempt succeeds, its object is
     * deleted after the lease.
     *
     * @throws AlreadyProcessedException when the source has a result
     */
    String startAttempt(RequestedSource source) {
        return startAttempt(source.orgId(), source.exportId(), source.id()).orElseThrow(AlreadyProcessedException::new);
    }

    /** Does the same; empty when the source needs no data. */
    Optional<String> startAttempt(String orgId, UUID exportId, UUID sourceId) {
        String key = "%s/%s/%s.%s".formatted(safeInKeys(orgId), exportId, sourceId, nextAttempt());
        boolean started = starting.execute(orgId, new Attempt(sourceId, key));
        return started ? Optional.of(key) : Optional.empty();
    }

    /** Returns a random name, which needs no counter. */
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

    /** Shows the organisation to people who look into the bucket. UUIDs make the key unique. */
    private static String safeInKeys(String orgId) {
        String safe = UNSAFE_IN_KEYS.matcher(orgId).replaceAll("_");
        return safe.substring(0, Math.min(safe.length(), MAX_ORG_ID_LENGTH));
    }

    /** Returns false when the object is being deleted. */
    boolean renewLease(String storageKey) {
        return RENEW_LEASE
                        .on(database)
                        .param("storageKey", storageKey)
                        .param("leaseSeconds", lease.toSeconds())
                        .update()
                == 1;
    }

    /** Announces a multipart upload, so that its parts are found after a crash. */
    void noteMultipartUpload(String storageKey) {
        NOTE_MULTIPART_UPLOAD.on(database).param("storageKey", storageKey).update();
    }

    /** Queues the object of a failed attempt for deletion. */
    void abandonAttempt(UUID sourceId, String storageKey) {
        ABANDON_ATTEMPT
                .on(database)
                .param("sourceId", sourceId)
                .param("storageKey", storageKey)
                .update();
    }
}
