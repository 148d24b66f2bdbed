package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.export.ExportStatus;
import com.redhat.cloud.exports.export.SourceStatus;
import com.redhat.cloud.exports.hooks.Hook;
import com.redhat.cloud.exports.hooks.Hooks;
import com.redhat.cloud.exports.platform.concurrency.BatchingExecutor;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.database.DatabaseBatches;
import com.redhat.cloud.exports.platform.database.SqlStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Records results of sources and the statuses of their exports. Concurrent results share a transaction. */
@Component
class ResultRecorder {

    private static final SqlStatement LOCK = SqlStatement.read("upload/lock-exports");
    private static final SqlStatement LOCK_IDLE = SqlStatement.read("upload/lock-idle-exports");
    private static final SqlStatement COMPLETE = SqlStatement.read("upload/complete");
    private static final SqlStatement FAIL = SqlStatement.read("upload/fail");
    private static final SqlStatement STATUSES = SqlStatement.read("upload/statuses");
    private static final SqlStatement RECORD_STATUSES = SqlStatement.read("upload/record-statuses");

    /** Results that wait for locked exports at a time. Each holds a connection. */
    private static final int MAX_WAITING_FOR_LOCKS = 4;

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final Hooks hooks;
    private final BatchingExecutor<Entry, Outcome> together;
    private final BatchingExecutor<Entry, Outcome> alone;

    ResultRecorder(JdbcClient database, TransactionOperations transaction, Hooks hooks, ExportProperties properties) {
        this.database = database;
        this.transaction = transaction;
        this.hooks = hooks;
        Duration queueTimeout = properties.traffic().queueTimeout();
        // One batch at a time: a second would skip the exports that the first has locked.
        this.together =
                DatabaseBatches.of("results", 1, Entry::text, queueTimeout, entries -> recordAll(entries, LOCK_IDLE));
        this.alone = DatabaseBatches.alone(
                "results",
                MAX_WAITING_FOR_LOCKS,
                queueTimeout,
                entry -> recordAll(List.of(entry), LOCK).getFirst());
    }

    private record Entry(UUID exportId, UUID sourceId, SourceResult result) {

        /** Returns the characters of its message. */
        long text() {
            return switch (result) {
                case SourceResult.Delivery delivery -> 0;
                case SourceResult.Failure failure -> failure.message().length();
            };
        }
    }

    /** A result and its index in the batch. */
    private record Numbered<R>(int number, Entry entry, R result) {}

    private enum Outcome {
        RECORDED,
        NO_EXPORT,
        ALREADY_PROCESSED,
        OBJECT_DELETED
    }

    /**
     * Records a result and the export's new status, all or nothing. Results of one export are recorded one by one: the last
     * one sees the others and finishes the export.
     *
     * @param owner the organisation, or another group of requests; owners take turns
     * @throws ExportNotFoundException when the export has been deleted or has expired
     * @throws AlreadyProcessedException when the source has another result
     * @throws LeaseLostException when the object has been deleted
     * @throws com.redhat.cloud.exports.platform.errors.ServiceException when its turn does not come in time
     */
    void record(String owner, UUID exportId, UUID sourceId, SourceResult result) {
        Entry entry = new Entry(exportId, sourceId, result);
        Outcome outcome = together.execute(owner, entry);
        if (outcome == Outcome.NO_EXPORT) {
            // Or it is locked: then only this result waits.
            outcome = alone.execute(owner, entry);
        }
        switch (outcome) {
            case RECORDED -> {}
            case NO_EXPORT -> throw ExportNotFoundException.of(exportId);
            case ALREADY_PROCESSED -> throw new AlreadyProcessedException();
            case OBJECT_DELETED -> throw new LeaseLostException();
        }
    }

    /** Derives the status of an export from those of its sources. Returns false when the export is gone. */
    boolean updateStatus(UUID exportId) {
        return transaction.execute(_ -> {
            Set<UUID> export = lock(LOCK, List.of(exportId));
            recordStatuses(export).forEach(finished -> hooks.add(Hook.EXPORT_FINISHED, finished));
            return !export.isEmpty();
        });
    }

    private List<Outcome> recordAll(List<Entry> entries, SqlStatement lock) {
        return transaction.execute(_ -> {
            Set<UUID> exports = lock(lock, entries.stream().map(Entry::exportId).toList());
            Outcome[] outcomes = new Outcome[entries.size()];
            Arrays.fill(outcomes, Outcome.NO_EXPORT);
            int[] found = IntStream.range(0, outcomes.length)
                    .filter(number -> exports.contains(entries.get(number).exportId()))
                    .toArray();
            if (hooks.isSubscribed(Hook.SOURCE_ANSWERED)) {
                // One by one: each call shows the export as that result left it.
                IntStream.of(found).forEach(number -> record(entries, outcomes, number));
            } else {
                record(entries, outcomes, found);
            }
            return List.of(outcomes);
        });
    }

    /** Records the results at these indices, and sets their outcomes. */
    private void record(List<Entry> entries, Outcome[] outcomes, int... numbers) {
        List<Numbered<SourceResult.Delivery>> deliveries = new ArrayList<>();
        List<Numbered<SourceResult.Failure>> failures = new ArrayList<>();
        for (int number : numbers) {
            Entry entry = entries.get(number);
            outcomes[number] = Outcome.ALREADY_PROCESSED;
            switch (entry.result()) {
                case SourceResult.Delivery delivery -> deliveries.add(new Numbered<>(number, entry, delivery));
                case SourceResult.Failure failure -> failures.add(new Numbered<>(number, entry, failure));
            }
        }
        complete(deliveries, outcomes);
        fail(failures, outcomes);
        updateStatuses(IntStream.of(numbers)
                .filter(number -> outcomes[number] == Outcome.RECORDED)
                .mapToObj(entries::get)
                .toList());
    }

    private Set<UUID> lock(SqlStatement lock, Collection<UUID> exportIds) {
        return Set.copyOf(lock.on(database)
                .param("exportIds", texts(exportIds))
                .query(UUID.class)
                .list());
    }

    private void complete(List<Numbered<SourceResult.Delivery>> deliveries, Outcome[] outcomes) {
        if (deliveries.isEmpty()) {
            return;
        }
        List<SourceResult.Delivery> contents =
                deliveries.stream().map(Numbered::result).toList();
        of(deliveries, COMPLETE.on(database))
                .param("storageKeys", texts(contents, SourceResult.Delivery::storageKey))
                .param(
                        "sizes",
                        contents.stream().mapToLong(SourceResult.Delivery::size).toArray())
                .param(
                        "deflatedSizes",
                        contents.stream()
                                .mapToLong(SourceResult.Delivery::deflatedSize)
                                .toArray())
                .param(
                        "crc32s",
                        contents.stream()
                                .mapToLong(SourceResult.Delivery::crc32)
                                .toArray())
                .param(
                        "sha256s",
                        contents.stream().map(SourceResult.Delivery::sha256).toArray(byte[][]::new))
                .param("byteOrderMarks", texts(contents, content -> Boolean.toString(content.byteOrderMark())))
                .param("delimiters", texts(contents, SourceResult.Delivery::delimiter))
                .query(row -> {
                    while (row.next()) {
                        outcomes[row.getInt("number")] =
                                row.getBoolean("completed") ? Outcome.RECORDED : Outcome.OBJECT_DELETED;
                    }
                    return outcomes;
                });
    }

    private void fail(List<Numbered<SourceResult.Failure>> failures, Outcome[] outcomes) {
        if (failures.isEmpty()) {
            return;
        }
        List<SourceResult.Failure> reasons =
                failures.stream().map(Numbered::result).toList();
        of(failures, FAIL.on(database))
                .param(
                        "codes",
                        reasons.stream().mapToInt(SourceResult.Failure::code).toArray())
                .param("messages", texts(reasons, SourceResult.Failure::message))
                .query(Integer.class)
                .list()
                .forEach(number -> outcomes[number] = Outcome.RECORDED);
    }

    private static <R> SqlStatement.Use of(List<Numbered<R>> results, SqlStatement.Use statement) {
        return statement
                .param("numbers", results.stream().mapToInt(Numbered::number).toArray())
                .param(
                        "exportIds",
                        texts(results, each -> each.entry().exportId().toString()))
                .param(
                        "sourceIds",
                        texts(results, each -> each.entry().sourceId().toString()));
    }

    private void updateStatuses(List<Entry> recorded) {
        if (recorded.isEmpty()) {
            return;
        }
        List<UUID> finished =
                recordStatuses(recorded.stream().map(Entry::exportId).distinct().toList());
        recorded.forEach(entry -> hooks.add(Hook.SOURCE_ANSWERED, entry.exportId(), entry.sourceId()));
        finished.forEach(export -> hooks.add(Hook.EXPORT_FINISHED, export));
    }

    /** Returns the exports that are finished. */
    private List<UUID> recordStatuses(Collection<UUID> exportIds) {
        Map<UUID, Set<SourceStatus>> sources = new LinkedHashMap<>();
        STATUSES.on(database).param("exportIds", texts(exportIds)).query(row -> {
            while (row.next()) {
                sources.computeIfAbsent(row.getObject("export_payload_id", UUID.class), _ -> new HashSet<>())
                        .add(SourceStatus.of(row.getString("status")));
            }
            return sources;
        });
        Map<UUID, ExportStatus> exports = new LinkedHashMap<>();
        sources.forEach((export, statuses) -> exports.put(export, ExportStatus.of(statuses)));
        RECORD_STATUSES
                .on(database)
                .param("exportIds", texts(exports.keySet()))
                .param("statuses", texts(exports.values(), ExportStatus::wireName))
                .update();
        return exports.keySet().stream()
                .filter(export -> exports.get(export).isFinished())
                .toList();
    }

    private static String[] texts(Collection<UUID> ids) {
        return texts(ids, UUID::toString);
    }

    private static <T> String[] texts(Collection<T> values, Function<T, String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }
}
