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

/** The transaction that settles sources and their exports, for all answers that come at the same time. */
@Component
public class ResultRecorder {

    private static final SqlStatement LOCK = SqlStatement.read("upload/lock-exports");
    private static final SqlStatement LOCK_IDLE = SqlStatement.read("upload/lock-idle-exports");
    private static final SqlStatement COMPLETE = SqlStatement.read("upload/complete");
    private static final SqlStatement FAIL = SqlStatement.read("upload/fail");
    private static final SqlStatement STATUSES = SqlStatement.read("upload/statuses");
    private static final SqlStatement SETTLE = SqlStatement.read("upload/record-statuses");

    /** Answers that wait for an export that somebody else has, each with a connection. */
    private static final int MAX_WAITING = 4;

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final Hooks hooks;
    private final BatchingExecutor<Given, Outcome> together;
    private final BatchingExecutor<Given, Outcome> alone;

    ResultRecorder(JdbcClient database, TransactionOperations transaction, Hooks hooks, ExportProperties properties) {
        this.database = database;
        this.transaction = transaction;
        this.hooks = hooks;
        Duration queueTimeout = properties.traffic().queueTimeout();
        // One at a time: another would pass over the exports that this one has.
        this.together =
                DatabaseBatches.of("answers", 1, Given::text, queueTimeout, answers -> settleAll(answers, LOCK_IDLE));
        this.alone = DatabaseBatches.alone(
                "answers",
                MAX_WAITING,
                queueTimeout,
                answer -> settleAll(List.of(answer), LOCK).getFirst());
    }

    private record Given(UUID exportId, UUID sourceId, SourceResult answer) {

        long text() {
            return switch (answer) {
                case SourceResult.Delivery delivery -> 0;
                case SourceResult.Failure failure -> failure.message().length();
            };
        }
    }

    /** An answer that is to be recorded, by its place among those that come at the same time. */
    private record Numbered<A>(int number, Given given, A answer) {}

    private enum Outcome {
        SETTLED,
        NO_EXPORT,
        ANSWERED_BEFORE,
        CONTENT_ERASED
    }

    /**
     * Records an answer and what it makes of the export, all or nothing. Answers of one export take turns: the last one
     * sees the others and finishes the export.
     *
     * @throws ExportNotFoundException when the export has been deleted or has expired meanwhile
     * @throws AlreadyAnsweredException when another answer came first
     * @throws LeaseLostException when the content has been erased meanwhile
     * @throws TooManyAtOnceException when so many others are settled that it has no turn in time
     */
    void settle(UUID exportId, UUID sourceId, SourceResult answer) {
        Given given = new Given(exportId, sourceId, answer);
        Outcome outcome = together.execute(exportId.toString(), given);
        if (outcome == Outcome.NO_EXPORT) {
            // Or somebody else has it: who waits for that waits alone.
            outcome = alone.execute(exportId.toString(), given);
        }
        switch (outcome) {
            case SETTLED -> {}
            case NO_EXPORT -> throw ExportNotFoundException.of(exportId);
            case ANSWERED_BEFORE -> throw new AlreadyAnsweredException();
            case CONTENT_ERASED -> throw new LeaseLostException();
        }
    }

    /**
     * Gives an export the status that its sources say.
     *
     * @throws ExportNotFoundException when the export has been deleted or has expired meanwhile
     */
    public void settle(UUID exportId) {
        transaction.executeWithoutResult(_ -> {
            Set<UUID> export = lock(LOCK, List.of(exportId));
            if (export.isEmpty()) {
                throw ExportNotFoundException.of(exportId);
            }
            settleExports(export).forEach(finished -> hooks.happened(Hook.EXPORT_FINISHED, finished));
        });
    }

    private List<Outcome> settleAll(List<Given> answers, SqlStatement lock) {
        return transaction.execute(_ -> {
            Set<UUID> exports = lock(lock, answers.stream().map(Given::exportId).toList());
            Outcome[] outcomes = new Outcome[answers.size()];
            Arrays.fill(outcomes, Outcome.NO_EXPORT);
            int[] there = IntStream.range(0, outcomes.length)
                    .filter(number -> exports.contains(answers.get(number).exportId()))
                    .toArray();
            if (hooks.isWanted(Hook.SOURCE_ANSWERED)) {
                // Each call tells of the export as that answer has left it.
                IntStream.of(there).forEach(number -> settle(answers, outcomes, number));
            } else {
                settle(answers, outcomes, there);
            }
            return List.of(outcomes);
        });
    }

    /** Settles the answers of these numbers and enters their outcomes. */
    private void settle(List<Given> answers, Outcome[] outcomes, int... numbers) {
        List<Numbered<SourceResult.Delivery>> deliveries = new ArrayList<>();
        List<Numbered<SourceResult.Failure>> failures = new ArrayList<>();
        for (int number : numbers) {
            Given given = answers.get(number);
            outcomes[number] = Outcome.ANSWERED_BEFORE;
            switch (given.answer()) {
                case SourceResult.Delivery delivery -> deliveries.add(new Numbered<>(number, given, delivery));
                case SourceResult.Failure failure -> failures.add(new Numbered<>(number, given, failure));
            }
        }
        complete(deliveries, outcomes);
        fail(failures, outcomes);
        conclude(IntStream.of(numbers)
                .filter(number -> outcomes[number] == Outcome.SETTLED)
                .mapToObj(answers::get)
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
                deliveries.stream().map(Numbered::answer).toList();
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
                                row.getBoolean("completed") ? Outcome.SETTLED : Outcome.CONTENT_ERASED;
                    }
                    return outcomes;
                });
    }

    private void fail(List<Numbered<SourceResult.Failure>> failures, Outcome[] outcomes) {
        if (failures.isEmpty()) {
            return;
        }
        List<SourceResult.Failure> reasons =
                failures.stream().map(Numbered::answer).toList();
        about(failures, FAIL.on(database))
                .param(
                        "codes",
                        reasons.stream().mapToInt(SourceResult.Failure::code).toArray())
                .param("messages", texts(reasons, SourceResult.Failure::message))
                .query(Integer.class)
                .list()
                .forEach(number -> outcomes[number] = Outcome.SETTLED);
    }

    private static <A> SqlStatement.Use about(List<Numbered<A>> answers, SqlStatement.Use statement) {
        return statement
                .param("numbers", answers.stream().mapToInt(Numbered::number).toArray())
                .param(
                        "exportIds",
                        texts(answers, each -> each.given().exportId().toString()))
                .param(
                        "sourceIds",
                        texts(answers, each -> each.given().sourceId().toString()));
    }

    private void conclude(List<Given> settled) {
        if (settled.isEmpty()) {
            return;
        }
        List<UUID> finished =
                settleExports(settled.stream().map(Given::exportId).distinct().toList());
        settled.forEach(given -> hooks.happened(Hook.SOURCE_ANSWERED, given.exportId(), given.sourceId()));
        finished.forEach(export -> hooks.happened(Hook.EXPORT_FINISHED, export));
    }

    /** @return those that are finished */
    private List<UUID> settleExports(Collection<UUID> exportIds) {
        Map<UUID, Set<SourceStatus>> sources = new LinkedHashMap<>();
        STATUSES.on(database).param("exportIds", texts(exportIds)).query(row -> {
            while (row.next()) {
                sources.computeIfAbsent(row.getObject("export_payload_id", UUID.class), _ -> new HashSet<>())
                        .add(SourceStatus.of(row.getString("status")));
            }
            return sources;
        });
        Map<UUID, ExportStatus> settled = new LinkedHashMap<>();
        sources.forEach((export, statuses) -> settled.put(export, ExportStatus.of(statuses)));
        SETTLE.on(database)
                .param("exportIds", texts(settled.keySet()))
                .param("statuses", texts(settled.values(), ExportStatus::wireName))
                .update();
        return settled.keySet().stream()
                .filter(export -> settled.get(export).isFinished())
                .toList();
    }

    private static String[] texts(Collection<UUID> ids) {
        return texts(ids, UUID::toString);
    }

    private static <T> String[] texts(Collection<T> values, Function<T, String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }
}
