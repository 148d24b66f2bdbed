package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.export.ExportStatus;
import com.redhat.cloud.exports.export.SourceStatus;
import com.redhat.cloud.exports.hooks.Hook;
import com.redhat.cloud.exports.hooks.Hooks;
import com.redhat.cloud.exports.platform.concurrency.BatchingExecutor;
import com.redhat.cloud.exports.platform.concurrency.TooManyAtOnceException;
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

/** Records results of sources, and what they make of their exports: one transaction for all that come at the same time. */
@Component
public class ResultRecorder {

    private static final SqlStatement LOCK = SqlStatement.read("upload/lock-exports");
    private static final SqlStatement LOCK_IDLE = SqlStatement.read("upload/lock-idle-exports");
    private static final SqlStatement COMPLETE = SqlStatement.read("upload/complete");
    private static final SqlStatement FAIL = SqlStatement.read("upload/fail");
    private static final SqlStatement STATUSES = SqlStatement.read("upload/statuses");
    private static final SqlStatement RECORD_STATUSES = SqlStatement.read("upload/record-statuses");

    /** Results that wait for an export that is locked, each with a connection. */
    private static final int MAX_WAITING = 4;

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
        // One at a time: another would skip the exports that this one has locked.
        this.together =
                DatabaseBatches.of("answers", 1, Entry::text, queueTimeout, entries -> recordAll(entries, LOCK_IDLE));
        this.alone = DatabaseBatches.alone(
                "answers",
                MAX_WAITING,
                queueTimeout,
                entry -> recordAll(List.of(entry), LOCK).getFirst());
    }

    private record Entry(UUID exportId, UUID sourceId, SourceResult result) {

        /** Characters of its message. */
        long text() {
            return switch (result) {
                case SourceResult.Delivery delivery -> 0;
                case SourceResult.Failure failure -> failure.message().length();
            };
        }
    }

    /** A result by its place among those that come at the same time. */
    private record Numbered<R>(int number, Entry entry, R result) {}

    private enum Outcome {
        RECORDED,
        NO_EXPORT,
        ALREADY_ANSWERED,
        OBJECT_DELETED
    }

    /**
     * Records a result and what it makes of the export, all or nothing. Results of one export take turns: the last one sees
     * the others and finishes the export.
     *
     * @throws ExportNotFoundException when the export has been deleted or has expired meanwhile
     * @throws AlreadyAnsweredException when another result came first
     * @throws LeaseLostException when the object has been deleted meanwhile
     * @throws TooManyAtOnceException when so many others are being recorded that its turn does not come in time
     */
    public void record(UUID exportId, UUID sourceId, SourceResult result) {
        Entry entry = new Entry(exportId, sourceId, result);
        Outcome outcome = together.execute(exportId.toString(), entry);
        if (outcome == Outcome.NO_EXPORT) {
            // Or another has locked it: then only this one waits.
            outcome = alone.execute(exportId.toString(), entry);
        }
        switch (outcome) {
            case RECORDED -> {}
            case NO_EXPORT -> throw ExportNotFoundException.of(exportId);
            case ALREADY_ANSWERED -> throw new AlreadyAnsweredException();
            case OBJECT_DELETED -> throw new LeaseLostException();
        }
    }

    /**
     * Gives an export the status that follows from its sources.
     *
     * @throws ExportNotFoundException when the export has been deleted or has expired meanwhile
     */
    public void recordStatus(UUID exportId) {
        transaction.executeWithoutResult(_ -> {
            Set<UUID> export = lock(LOCK, List.of(exportId));
            if (export.isEmpty()) {
                throw ExportNotFoundException.of(exportId);
            }
            recordStatuses(export).forEach(finished -> hooks.add(Hook.EXPORT_FINISHED, finished));
        });
    }

    private List<Outcome> recordAll(List<Entry> entries, SqlStatement lock) {
        return transaction.execute(_ -> {
            Set<UUID> exports = lock(lock, entries.stream().map(Entry::exportId).toList());
            Outcome[] outcomes = new Outcome[entries.size()];
            Arrays.fill(outcomes, Outcome.NO_EXPORT);
            int[] there = IntStream.range(0, outcomes.length)
                    .filter(number -> exports.contains(entries.get(number).exportId()))
                    .toArray();
            if (hooks.isSubscribed(Hook.SOURCE_ANSWERED)) {
                // Each call shows the export as that result has left it.
                IntStream.of(there).forEach(number -> record(entries, outcomes, number));
            } else {
                record(entries, outcomes, there);
            }
            return List.of(outcomes);
        });
    }

    /** Records the results of these numbers, and enters their outcomes. */
    private void record(List<Entry> entries, Outcome[] outcomes, int... numbers) {
        List<Numbered<SourceResult.Delivery>> deliveries = new ArrayList<>();
        List<Numbered<SourceResult.Failure>> failures = new ArrayList<>();
        for (int number : numbers) {
            Entry entry = entries.get(number);
            outcomes[number] = Outcome.ALREADY_ANSWERED;
            switch (entry.result()) {
                case SourceResult.Delivery delivery -> deliveries.add(new Numbered<>(number, entry, delivery));
                case SourceResult.Failure failure -> failures.add(new Numbered<>(number, entry, failure));
            }
        }
        complete(deliveries, outcomes);
        fail(failures, outcomes);
        conclude(IntStream.of(numbers)
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
        about(deliveries, COMPLETE.on(database))
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
        about(failures, FAIL.on(database))
                .param(
                        "codes",
                        reasons.stream().mapToInt(SourceResult.Failure::code).toArray())
                .param("messages", texts(reasons, SourceResult.Failure::message))
                .query(Integer.class)
                .list()
                .forEach(number -> outcomes[number] = Outcome.RECORDED);
    }

    private static <R> SqlStatement.Use about(List<Numbered<R>> results, SqlStatement.Use statement) {
        return statement
                .param("numbers", results.stream().mapToInt(Numbered::number).toArray())
                .param(
                        "exportIds",
                        texts(results, each -> each.entry().exportId().toString()))
                .param(
                        "sourceIds",
                        texts(results, each -> each.entry().sourceId().toString()));
    }

    private void conclude(List<Entry> recorded) {
        if (recorded.isEmpty()) {
            return;
        }
        List<UUID> finished =
                recordStatuses(recorded.stream().map(Entry::exportId).distinct().toList());
        recorded.forEach(entry -> hooks.add(Hook.SOURCE_ANSWERED, entry.exportId(), entry.sourceId()));
        finished.forEach(export -> hooks.add(Hook.EXPORT_FINISHED, export));
    }

    /** @return the exports that are finished */
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
