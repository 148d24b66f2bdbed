package com.redhat.cloud.exports.platform.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.platform.concurrency.BatchingExecutor.FailureScope;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchingExecutorTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** Requests that fail, and what their failure is about. */
    private static final Map<String, FailureScope> FAILURES =
            Map.of("bad", FailureScope.REQUEST, "away", FailureScope.BATCH, "down", FailureScope.QUEUE);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();

    /** A permit for each batch that may be executed. */
    private final Semaphore go = new Semaphore(0);

    /** One batch at a time, of so many letters; the result is the request in capitals. */
    private BatchingExecutor<String, String> executor(int letters, Duration queueTimeout) {
        return new BatchingExecutor<>(
                "requests", 1, String::length, letters, queueTimeout, BatchingExecutorTests::scope, this::capitals);
    }

    private static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1;

        Failure(String request) {
            super(request);
        }
    }

    private static FailureScope scope(RuntimeException failure) {
        return FAILURES.get(failure.getMessage());
    }

    private List<String> capitals(List<String> requests) {
        batches.add(requests);
        go.acquireUninterruptibly();
        requests.stream().filter(FAILURES::containsKey).findFirst().ifPresent(request -> {
            throw new Failure(request);
        });
        return requests.stream().map(String::toUpperCase).toList();
    }

    @AfterEach
    void end() {
        go.release(1_000_000);
        threads.close();
    }

    @Test
    void aRequestAloneIsExecutedAtOnceByItsOwnThread() {
        Thread caller = Thread.currentThread();
        BatchingExecutor<String, Thread> executor = new BatchingExecutor<>(
                "requests",
                1,
                String::length,
                10,
                LONG,
                BatchingExecutorTests::scope,
                requests -> List.of(Thread.currentThread()));

        assertThat(executor.execute("a", "one")).isSameAs(caller);
        assertThat(executor.execute("a", "two")).isSameAs(caller);
    }

    @Test
    void requestsThatArriveMeanwhileFormABatch() throws Exception {
        BatchingExecutor<String, String> executor = executor(100, LONG);
        List<Future<String>> results = executeInOrder(executor, "a", "one", "two", "three");
        go.release(2);

        assertThat(results.get(0).get()).isEqualTo("ONE");
        assertThat(results.get(1).get()).isEqualTo("TWO");
        assertThat(results.get(2).get()).isEqualTo("THREE");
        assertThat(batches).containsExactly(List.of("one"), List.of("two", "three"));
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void ownersTakeTurns() throws Exception {
        BatchingExecutor<String, String> executor = executor(4, LONG);
        List<Future<String>> flood = executeInOrder(executor, "a", "a1", "a2", "a3", "a4");
        List<Future<String>> other = executeInOrder(executor, "b", 3, "b1", "b2");
        go.release(100);

        for (Future<String> one : flood) {
            one.get();
        }
        assertThat(other.getLast().get()).isEqualTo("B2");
        assertThat(batches).containsExactly(List.of("a1"), List.of("a2", "b1"), List.of("a3", "b2"), List.of("a4"));
    }

    @Test
    void oneRequestIsServedWithinTwoRoundsOfAFlood() throws Exception {
        BatchingExecutor<String, String> executor = executor(1, LONG);
        List<Future<String>> flood = executeInOrder(executor, "a", "first");
        for (int i = 0; i < 10_000; i++) {
            flood.add(threads.submit(() -> executor.execute("a", "a")));
        }
        await().until(() -> executor.waiting() == 10_000);
        Future<String> other = executeInOrder(executor, "b", 10_000, "b").getFirst();
        go.release(3);

        assertThat(other.get()).isEqualTo("B");
        assertThat(batches.stream().limit(3)).contains(List.of("b"));
        go.release(flood.size());
        for (Future<String> one : flood) {
            one.get();
        }
    }

    @Test
    void aRequestThatIsTooLargeForABatchIsExecutedAlone() throws Exception {
        BatchingExecutor<String, String> executor = executor(4, LONG);
        List<Future<String>> results = executeInOrder(executor, "a", "one", "two", "a large one", "no");
        go.release(100);

        assertThat(results.get(2).get()).isEqualTo("A LARGE ONE");
        assertThat(results.get(3).get()).isEqualTo("NO");
        assertThat(batches).containsExactly(List.of("one"), List.of("two"), List.of("a large one"), List.of("no"));
    }

    @Test
    void aRequestThatFailsSpoilsNoOther() throws Exception {
        List<Future<String>> results = executeInOrder(executor(100, LONG), "a", "one", "two", "bad", "three");
        go.release(100);

        assertThat(results.get(1).get()).isEqualTo("TWO");
        assertThat(results.get(3).get()).isEqualTo("THREE");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> results.get(2).get())
                .withCauseInstanceOf(Failure.class)
                .withMessageEndingWith("bad");
    }

    @Test
    void aFailureOfTheBatchIsMetOnce() {
        BatchingExecutor<String, String> executor = executor(100, LONG);
        List<Future<String>> results = executeInOrder(executor, "a", "one", "away", "two");
        go.release(2);

        for (Future<String> one : results.subList(1, 3)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(one::get)
                    .withCauseInstanceOf(Failure.class)
                    .withMessageEndingWith("away");
        }
        assertThat(batches).hasSize(2);
        go.release();
        assertThat(executor.execute("a", "again")).isEqualTo("AGAIN");
    }

    @Test
    void aFailureOfTheQueueReachesThoseThatWait() {
        BatchingExecutor<String, String> executor = executor(4, LONG);
        List<Future<String>> results = executeInOrder(executor, "a", "one", "down", "two", "three");
        results.addAll(executeInOrder(executor, "b", 3, "four"));
        go.release(2);

        for (Future<String> one : results.subList(1, 5)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(one::get)
                    .withCauseInstanceOf(Failure.class)
                    .withMessageEndingWith("down");
        }
        assertThat(batches).containsExactly(List.of("one"), List.of("down"));
        assertThat(executor.waiting()).isZero();
        go.release();
        assertThat(executor.execute("a", "again")).isEqualTo("AGAIN");
    }

    @Test
    void aRequestThatHasWaitedTooLongFails() throws Exception {
        BatchingExecutor<String, String> executor = executor(100, Duration.ofMillis(1));
        List<Future<String>> results = executeInOrder(executor, "a", "one");

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> executor.execute("a", "two"))
                .withMessage("too many requests at the moment");
        go.release();
        assertThat(results.getFirst().get()).isEqualTo("ONE");
        assertThat(batches).containsExactly(List.of("one"));
    }

    private List<Future<String>> executeInOrder(
            BatchingExecutor<String, String> executor, String owner, String... requests) {
        return executeInOrder(executor, owner, -1, requests);
    }

    /** @param before how many wait; -1 if the first of these is executed at once */
    private List<Future<String>> executeInOrder(
            BatchingExecutor<String, String> executor, String owner, int before, String... requests) {
        List<Future<String>> results = new ArrayList<>();
        for (String request : requests) {
            results.add(threads.submit(() -> executor.execute(owner, request)));
            int waiting = before + results.size();
            await().until(() -> !batches.isEmpty() && executor.waiting() == waiting);
        }
        return results;
    }
}
