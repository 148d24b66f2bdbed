package com.redhat.cloud.exports.platform.database;

import com.redhat.cloud.exports.platform.concurrency.BatchingExecutor;
import com.redhat.cloud.exports.platform.concurrency.BatchingExecutor.FailureScope;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/** Creates executors whose batches are one statement, or one transaction. */
public final class DatabaseBatches {

    /** Questions that go to the database together. */
    private static final int MAX_BATCH = 32;

    /** Text of questions that go together, unless one alone has more; characters. */
    private static final int MOST_TEXT_TOGETHER = 1024 * 1024;

    /** What each has of it where all go together that may. */
    private static final int SHARE = MOST_TEXT_TOGETHER / MAX_BATCH;

    private DatabaseBatches() {}

    /** Whether so many characters take much more memory than other questions do. */
    public static boolean isLarge(long characters) {
        return characters > SHARE;
    }

    /**
     * @param what there is too much of, for the message
     * @param atATime batches at a time; with two, one is put together while the other waits for the disk
     * @param text characters of a question, as far as they may be many
     * @param queueTimeout how long a question waits to be taken into a batch
     * @param work answers a batch, in its order; all or nothing
     */
    public static <Q, A> BatchingExecutor<Q, A> of(
            String what, int atATime, ToLongFunction<Q> text, Duration queueTimeout, Function<List<Q>, List<A>> work) {
        return new BatchingExecutor<>(
                what,
                atATime,
                question -> SHARE + text.applyAsLong(question),
                MOST_TEXT_TOGETHER,
                queueTimeout,
                DatabaseBatches::scope,
                work);
    }

    /** One question at a time each, for those that may have to wait for others' locks. */
    public static <Q, A> BatchingExecutor<Q, A> alone(
            String what, int atATime, Duration queueTimeout, Function<Q, @Nullable A> work) {
        return new BatchingExecutor<>(
                what,
                atATime,
                question -> 1,
                1,
                queueTimeout,
                DatabaseBatches::scope,
                questions -> Collections.singletonList(work.apply(questions.getFirst())));
    }

    private static FailureScope scope(RuntimeException failure) {
        return switch (failure) {
            // None is to be had for as long as the pool waits for one.
            case CannotGetJdbcConnectionException e -> FailureScope.QUEUE;
            case CannotCreateTransactionException e -> FailureScope.QUEUE;
            // Of a row that one of them needs.
            case PessimisticLockingFailureException e -> FailureScope.REQUEST;
            case DataAccessResourceFailureException e -> FailureScope.BATCH;
            case TransientDataAccessException e -> FailureScope.BATCH;
            case RecoverableDataAccessException e -> FailureScope.BATCH;
            case TransactionException e -> FailureScope.BATCH;
            default -> FailureScope.REQUEST;
        };
    }
}
