package com.redhat.cloud.exports.limits;

import com.redhat.cloud.exports.limits.Batcher.Concern;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/** Batchers whose work is one statement, or one transaction. */
public final class DatabaseBatches {

    /** Questions that go to the database together. */
    public static final int MOST_TOGETHER = 32;

    /** Batches of one kind at a time: one is put together while the other waits for the disk. */
    private static final int BATCHES = 2;

    private DatabaseBatches() {}

    /**
     * Of questions of about the same size.
     *
     * @param what there is too much of, for the message
     * @param patience how long a question waits to be taken into a batch
     * @param work answers a batch, in its order; all or nothing
     */
    public static <Q, A> Batcher<Q, A> of(String what, Duration patience, Function<List<Q>, List<A>> work) {
        return of(what, question -> 1, MOST_TOGETHER, patience, work);
    }

    /**
     * Of questions of which some are much larger than others.
     *
     * @param what there is too much of, for the message
     * @param size of a question; its unit is that of {@code largest}
     * @param largest size of a batch
     * @param patience how long a question waits to be taken into a batch
     * @param work answers a batch, in its order; all or nothing
     */
    public static <Q, A> Batcher<Q, A> of(
            String what, ToLongFunction<Q> size, long largest, Duration patience, Function<List<Q>, List<A>> work) {
        return new Batcher<>(what, BATCHES, size, largest, patience, DatabaseBatches::concern, work);
    }

    private static Concern concern(RuntimeException failure) {
        return switch (failure) {
            // None is to be had for as long as the pool waits for one.
            case CannotGetJdbcConnectionException e -> Concern.EVERYBODY;
            case CannotCreateTransactionException e -> Concern.EVERYBODY;
            // Of a row that one of them needs.
            case PessimisticLockingFailureException e -> Concern.ONE;
            case DataAccessResourceFailureException e -> Concern.BATCH;
            case TransientDataAccessException e -> Concern.BATCH;
            case RecoverableDataAccessException e -> Concern.BATCH;
            case TransactionException e -> Concern.BATCH;
            default -> Concern.ONE;
        };
    }
}
