package com.redhat.cloud.exports.platform.concurrency;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Executes small requests in batches, as a database commits transactions in groups: those that arrive while a batch is under
 * way form the next one. A request never waits for others to join it: unless the maximum of batches is under way, its own
 * thread executes it at once. Requests wait in a {@link FairQueue}, where owners take turns.
 *
 * @param <Q> a request
 * @param <R> its result
 */
public final class BatchingExecutor<Q, R> {

    private final String subject;
    private final int maxBatches;
    private final ToLongFunction<Q> size;
    private final long maxBatchSize;
    private final Duration queueTimeout;
    private final Function<RuntimeException, FailureScope> scope;
    private final Function<List<Q>, List<R>> work;

    /** Empty as long as another batch may begin. */
    private final FairQueue<Task> queue = new FairQueue<>();

    private int batches;

    /**
     * Creates an executor.
     *
     * @param subject what the requests are, in the plural, for the message when one has waited too long
     * @param maxBatches batches that are under way at a time
     * @param size of a request; its unit is that of {@code maxBatchSize}
     * @param maxBatchSize of a batch; a request that alone is larger is executed alone
     * @param queueTimeout how long a request waits until its batch begins
     * @param scope what a failure of the work is about
     * @param work executes a batch, all or nothing; the results have the order of the requests
     */
    public BatchingExecutor(
            String subject,
            int maxBatches,
            ToLongFunction<Q> size,
            long maxBatchSize,
            Duration queueTimeout,
            Function<RuntimeException, FailureScope> scope,
            Function<List<Q>, List<R>> work) {
        this.subject = subject;
        this.maxBatches = maxBatches;
        this.size = size;
        this.maxBatchSize = maxBatchSize;
        this.queueTimeout = queueTimeout;
        this.scope = scope;
        this.work = work;
    }

    /** What a failure is about. */
    public enum FailureScope {
        /** One request: those of the batch are executed one by one, so that the others succeed. */
        REQUEST,
        /** Each request of the batch. */
        BATCH,
        /** Those that wait too, as when a server is away: they fail at once. */
        QUEUE
    }

    /** A request and the thread that waits for its result. */
    private final class Task extends Waiter {

        private final Q request;

        /** What this thread is to execute, its own task first; null if another thread has executed it. */
        private @Nullable List<Task> batch;

        private @Nullable R result;
        private boolean done;
        private @Nullable RuntimeException failure;

        Task(String owner, Q request) {
            super(owner, size.applyAsLong(request));
            this.request = request;
        }
    }

    /**
     * Executes a request and waits for its result.
     *
     * @return the result, null if the work has none
     * @throws ServiceException when its batch does not begin in time
     */
    public @Nullable R execute(String owner, Q request) {
        Task task = new Task(owner, request);
        if (!beginOrEnqueue(task) && !task.await(queueTimeout, () -> leave(task))) {
            throw ServiceException.tooMany("too many %s at the moment".formatted(subject));
        }
        if (task.batch != null) {
            executeAndHandOver(task.batch);
        }
        if (task.failure != null) {
            throw task.failure;
        }
        if (!task.done) {
            throw new IllegalStateException("a batch broke off");
        }
        return task.result;
    }

    private synchronized boolean beginOrEnqueue(Task task) {
        if (batches < maxBatches) {
            batches++;
            task.batch = List.of(task);
            return true;
        }
        queue.add(task);
        return false;
    }

    private synchronized boolean leave(Task task) {
        return queue.remove(task);
    }

    private void executeAndHandOver(List<Task> batch) {
        try {
            execute(batch);
        } finally {
            // The next batch first: the others of this one have nothing left to do.
            try {
                handOver();
            } finally {
                batch.stream().skip(1).forEach(Waiter::wake);
            }
        }
    }

    private void execute(List<Task> batch) {
        try {
            List<R> results =
                    work.apply(batch.stream().map(task -> task.request).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result = results.get(i);
                batch.get(i).done = true;
            }
        } catch (RuntimeException e) {
            FailureScope about = scope.apply(e);
            if (about == FailureScope.QUEUE) {
                failWaiting(e);
            }
            if (batch.size() == 1 || about != FailureScope.REQUEST) {
                batch.forEach(task -> task.failure = e);
            } else {
                batch.forEach(task -> execute(List.of(task)));
            }
        }
    }

    private synchronized void failWaiting(RuntimeException failure) {
        for (Task task = queue.poll(); task != null; task = queue.poll()) {
            task.failure = failure;
            task.wake();
        }
    }

    private synchronized void handOver() {
        List<Task> next = new ArrayList<>();
        try {
            fill(next);
        } catch (Error e) {
            // Out of memory: none of them may wait for what will not come.
            batches--;
            next.forEach(Waiter::wake);
            throw e;
        }
        if (next.isEmpty()) {
            batches--;
        } else {
            next.getFirst().batch = next;
            next.getFirst().wake();
        }
    }

    private void fill(List<Task> batch) {
        long total = 0;
        for (Task next = queue.peek(); next != null; next = queue.peek()) {
            total += next.weight();
            if (!batch.isEmpty() && total > maxBatchSize) {
                return;
            }
            batch.add(next);
            queue.poll();
        }
    }

    /** Returns how many requests wait. */
    synchronized int waiting() {
        return queue.size();
    }
}
