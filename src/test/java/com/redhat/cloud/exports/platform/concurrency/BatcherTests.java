package com.redhat.cloud.exports.platform.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

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

class BatcherTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** Questions that cannot be answered, and whom that concerns. */
    private static final Map<String, Batcher.Concern> FAILURES =
            Map.of("bad", Batcher.Concern.ONE, "away", Batcher.Concern.BATCH, "down", Batcher.Concern.EVERYBODY);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();

    /** A permit for each batch that may be answered. */
    private final Semaphore go = new Semaphore(0);

    /** One batch at a time, questions of so many letters together; questions are answered in capitals. */
    private Batcher<String, String> batcher(int letters, Duration queueTimeout) {
        return new Batcher<>(
                "questions", 1, String::length, letters, queueTimeout, BatcherTests::concern, this::answer);
    }

    private static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1;

        Failure(String question) {
            super(question);
        }
    }

    private static Batcher.Concern concern(RuntimeException failure) {
        return FAILURES.get(failure.getMessage());
    }

    private List<String> answer(List<String> questions) {
        batches.add(questions);
        go.acquireUninterruptibly();
        questions.stream().filter(FAILURES::containsKey).findFirst().ifPresent(question -> {
            throw new Failure(question);
        });
        return questions.stream().map(String::toUpperCase).toList();
    }

    @AfterEach
    void end() {
        go.release(1_000);
        threads.close();
    }

    @Test
    void oneAloneIsAnsweredAtOnceByTheThreadThatAsks() {
        Thread asking = Thread.currentThread();
        Batcher<String, Thread> batcher = new Batcher<>(
                "questions",
                1,
                String::length,
                10,
                LONG,
                BatcherTests::concern,
                questions -> List.of(Thread.currentThread()));

        assertThat(batcher.ask("a", "one")).isSameAs(asking);
        assertThat(batcher.ask("a", "two")).isSameAs(asking);
    }

    @Test
    void thoseThatComeMeanwhileAreAnsweredTogether() throws Exception {
        Batcher<String, String> batcher = batcher(100, LONG);
        List<Future<String>> asked = askInOrder(batcher, "a", "one", "two", "three");
        go.release(2);

        assertThat(asked.get(0).get()).isEqualTo("ONE");
        assertThat(asked.get(1).get()).isEqualTo("TWO");
        assertThat(asked.get(2).get()).isEqualTo("THREE");
        assertThat(batches).containsExactly(List.of("one"), List.of("two", "three"));
        assertThat(batcher.waiting()).isZero();
    }

    @Test
    void ownersTakeTurns() throws Exception {
        Batcher<String, String> batcher = batcher(4, LONG);
        List<Future<String>> flood = askInOrder(batcher, "a", "a1", "a2", "a3", "a4");
        List<Future<String>> other = askInOrder(batcher, "b", 3, "b1", "b2");
        go.release(100);

        for (Future<String> one : flood) {
            one.get();
        }
        assertThat(other.getLast().get()).isEqualTo("B2");
        assertThat(batches).containsExactly(List.of("a1"), List.of("a2", "b1"), List.of("a3", "b2"), List.of("a4"));
    }

    @Test
    void whatIsTooLargeForABatchIsAnsweredAlone() throws Exception {
        Batcher<String, String> batcher = batcher(4, LONG);
        List<Future<String>> asked = askInOrder(batcher, "a", "one", "two", "a large one", "no");
        go.release(100);

        assertThat(asked.get(2).get()).isEqualTo("A LARGE ONE");
        assertThat(asked.get(3).get()).isEqualTo("NO");
        assertThat(batches).containsExactly(List.of("one"), List.of("two"), List.of("a large one"), List.of("no"));
    }

    @Test
    void oneThatIsToBlameSpoilsNoOther() throws Exception {
        List<Future<String>> asked = askInOrder(batcher(100, LONG), "a", "one", "two", "bad", "three");
        go.release(100);

        assertThat(asked.get(1).get()).isEqualTo("TWO");
        assertThat(asked.get(3).get()).isEqualTo("THREE");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> asked.get(2).get())
                .withCauseInstanceOf(Failure.class)
                .withMessageEndingWith("bad");
    }

    @Test
    void aFailureThatConcernsTheBatchIsMetOnce() {
        Batcher<String, String> batcher = batcher(100, LONG);
        List<Future<String>> asked = askInOrder(batcher, "a", "one", "away", "two");
        go.release(2);

        for (Future<String> one : asked.subList(1, 3)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(one::get)
                    .withCauseInstanceOf(Failure.class)
                    .withMessageEndingWith("away");
        }
        assertThat(batches).hasSize(2);
        go.release();
        assertThat(batcher.ask("a", "again")).isEqualTo("AGAIN");
    }

    @Test
    void nobodyWaitsForAFailureThatConcernsEverybody() {
        Batcher<String, String> batcher = batcher(4, LONG);
        List<Future<String>> asked = askInOrder(batcher, "a", "one", "down", "two", "three");
        asked.addAll(askInOrder(batcher, "b", 3, "four"));
        go.release(2);

        for (Future<String> one : asked.subList(1, 5)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(one::get)
                    .withCauseInstanceOf(Failure.class)
                    .withMessageEndingWith("down");
        }
        assertThat(batches).containsExactly(List.of("one"), List.of("down"));
        assertThat(batcher.waiting()).isZero();
        go.release();
        assertThat(batcher.ask("a", "again")).isEqualTo("AGAIN");
    }

    @Test
    void whoHasWaitedLongEnoughIsSentAway() throws Exception {
        Batcher<String, String> batcher = batcher(100, Duration.ofMillis(1));
        List<Future<String>> asked = askInOrder(batcher, "a", "one");

        assertThatExceptionOfType(TooManyAtOnceException.class)
                .isThrownBy(() -> batcher.ask("a", "two"))
                .withMessage("too many questions at the moment");
        go.release();
        assertThat(asked.getFirst().get()).isEqualTo("ONE");
        assertThat(batches).containsExactly(List.of("one"));
    }

    private List<Future<String>> askInOrder(Batcher<String, String> batcher, String owner, String... questions) {
        return askInOrder(batcher, owner, -1, questions);
    }

    /** @param before how many wait; -1 when the first of these is answered at once */
    private List<Future<String>> askInOrder(
            Batcher<String, String> batcher, String owner, int before, String... questions) {
        List<Future<String>> asked = new ArrayList<>();
        for (String question : questions) {
            asked.add(threads.submit(() -> batcher.ask(owner, question)));
            int waiting = before + asked.size();
            await().until(() -> !batches.isEmpty() && batcher.waiting() == waiting);
        }
        return asked;
    }
}
