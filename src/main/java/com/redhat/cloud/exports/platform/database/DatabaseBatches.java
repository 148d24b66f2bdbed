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

/** Creates executors that run each batch in one statement or transaction. */
public final class DatabaseBatches {

    /** Requests per batch. */
    private static final int MAX_BATCH = 32;

    /** Text per batch, in characters, unless a single request has more. */
    private static final int MAX_BATCH_TEXT = 1024 * 1024;

    /** The share of each request in a full batch. */
    private static final int SHARE = MAX_BATCH_TEXT / MAX_BATCH;

    private DatabaseBatches() {}

    /** Whether a request of this many characters takes much more memory than others. */
    public static boolean isLarge(long characters) {
        return characters > SHARE;
    }

    /**
     * Creates an executor.
     *
     * @param what names the requests, for the message when there are too many
     * @param concurrency batches at a time; with two, one is filled while the other waits for the disk
     * @param text characters of a request
     * @param queueTimeout how long a request waits to be taken into a batch
     * @param work returns the results of a batch in order; all or nothing
     */
    public static <Q, A> BatchingExecutor<Q, A> of(
            String what,
            int concurrency,
            ToLongFunction<Q> text,
            Duration queueTimeout,
            Function<List<Q>, List<A>> work) {
        return new BatchingExecutor<>(
                what,
                concurrency,
                request -> SHARE + text.applyAsLong(request),
                MAX_BATCH_TEXT,
                queueTimeout,
                DatabaseBatches::scope,
                work);
    }

    /** Creates an executor with one request per batch, for requests that may wait for locks of others. */
    public static <Q, A> BatchingExecutor<Q, A> alone(
            String what, int concurrency, Duration queueTimeout, Function<Q, @Nullable A> work) {
        return new BatchingExecutor<>(
                what,
                concurrency,
                request -> 1,
                1,
                queueTimeout,
                DatabaseBatches::scope,
                requests -> Collections.singletonList(work.apply(requests.getFirst())));
    }

    private static FailureScope scope(RuntimeException failure) {
        return switch (failure) {
            // No connection within the pool's timeout: the queue will not get one either.
            case CannotGetJdbcConnectionException e -> FailureScope.QUEUE;
            case CannotCreateTransactionException e -> FailureScope.QUEUE;
            // The lock of a row that one of the requests needs.
            case PessimisticLockingFailureException e -> FailureScope.REQUEST;
            case DataAccessResourceFailureException e -> FailureScope.BATCH;
            case TransientDataAccessException e -> FailureScope.BATCH;
            case RecoverableDataAccessException e -> FailureScope.BATCH;
            case TransactionException e -> FailureScope.BATCH;
            default -> FailureScope.REQUEST;
        };
    }
}
