package com.redhat.cloud.exports.platform.concurrency;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers many small questions together, as a database commits a group of transactions: while some are being answered
 * others come, and the next batch is all of those. Nobody waits for company: a question that finds a place free is
 * answered at once, by the thread that asks. Owners take turns, so that an owner with many questions finds the others' in
 * front of most of its own; who waits costs a virtual thread.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public final class Batcher<Q, A> {

    private final String what;
    private final int atATime;
    private final ToLongFunction<Q> size;
    private final long largest;
    private final Duration queueTimeout;
    private final Function<RuntimeException, Concern> concern;
    private final Function<List<Q>, List<A>> work;

    /** Owners with questions that wait; the next in turn comes first. Empty as long as there is a free place. */
    private final Map<String, Deque<Asked>> waiting = new LinkedHashMap<>();

    private int underWay;

    /**
     * @param what there is too much of, for the message
     * @param atATime batches that are answered at a time
     * @param size of a question; its unit is that of {@code largest}
     * @param largest size of a batch; a question that alone is larger is answered alone
     * @param queueTimeout how long a question waits to be taken into a batch
     * @param concern whom a failure of the work concerns
     * @param work answers a batch, in its order; all or nothing
     */
    public Batcher(
            String what,
            int atATime,
            ToLongFunction<Q> size,
            long largest,
            Duration queueTimeout,
            Function<RuntimeException, Concern> concern,
            Function<List<Q>, List<A>> work) {
        this.what = what;
        this.atATime = atATime;
        this.size = size;
        this.largest = largest;
        this.queueTimeout = queueTimeout;
        this.concern = concern;
        this.work = work;
    }

    /** Whom a failure concerns. */
    public enum Concern {
        /** One question is to blame: all of the batch are answered one by one, so that it spoils no other. */
        ONE,
        /** Each of the batch would meet it. */
        BATCH,
        /** Those that wait would meet it too, such as a server that is away: they need not wait for that. */
        EVERYBODY
    }

    /** A question and the thread that waits for its answer. */
    private final class Asked {

        private final String owner;
        private final Q question;
        private final Semaphore signal = new Semaphore(0);

        /** What this thread is to answer, its own question first; null when another thread has done it. */
        private @Nullable List<Asked> batch;

        private @Nullable A answer;
        private boolean answered;
        private @Nullable RuntimeException failure;

        Asked(String owner, Q question) {
            this.owner = owner;
            this.question = question;
        }
    }

    /**
     * @return the answer, null where the work has none
     * @throws TooManyAtOnceException when the question's turn does not come in time
     */
    public @Nullable A ask(String owner, Q question) {
        Asked mine = new Asked(owner, question);
        if (!enter(mine)) {
            await(mine);
        }
        if (mine.batch != null) {
            answerAll(mine.batch);
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
        if (!mine.answered) {
            throw new IllegalStateException("a batch broke off");
        }
        return mine.answer;
    }

    /** @return whether it is to be answered at once; else it waits in line */
    private synchronized boolean enter(Asked asked) {
        if (underWay < atATime) {
            underWay++;
            asked.batch = List.of(asked);
            return true;
        }
        waiting.computeIfAbsent(asked.owner, owner -> new ArrayDeque<>()).add(asked);
        return false;
    }

    private void await(Asked asked) {
        try {
            if (asked.signal.tryAcquire(queueTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (leave(asked)) {
            throw new TooManyAtOnceException(what);
        }
        asked.signal.acquireUninterruptibly();
    }

    /** @return false when it is in a batch by now */
    private synchronized boolean leave(Asked asked) {
        Deque<Asked> line = waiting.get(asked.owner);
        if (line == null || !line.remove(asked)) {
            return false;
        }
        if (line.isEmpty()) {
            waiting.remove(asked.owner);
        }
        return true;
    }

    private void answerAll(List<Asked> batch) {
        try {
            answer(batch);
        } finally {
            // First the next batch, then those who have nothing to do but to go.
            try {
                handOver();
            } finally {
                for (int i = 1; i < batch.size(); i++) {
                    batch.get(i).signal.release();
                }
            }
        }
    }

    private void answer(List<Asked> batch) {
        try {
            List<A> answers =
                    work.apply(batch.stream().map(asked -> asked.question).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer = answers.get(i);
                batch.get(i).answered = true;
            }
        } catch (RuntimeException e) {
            Concern concerned = concern.apply(e);
            if (concerned == Concern.EVERYBODY) {
                refuseWaiting(e);
            }
            if (batch.size() == 1 || concerned != Concern.ONE) {
                batch.forEach(asked -> asked.failure = e);
            } else {
                batch.forEach(asked -> answer(List.of(asked)));
            }
        }
    }

    private synchronized void refuseWaiting(RuntimeException failure) {
        for (Deque<Asked> line : waiting.values()) {
            for (Asked asked : line) {
                asked.failure = failure;
                asked.signal.release();
            }
        }
        waiting.clear();
    }

    private synchronized void handOver() {
        List<Asked> next = new ArrayList<>();
        try {
            fill(next);
        } catch (Error e) {
            // Without memory: nobody is to wait for what will not come.
            underWay--;
            next.forEach(asked -> asked.signal.release());
            throw e;
        }
        if (next.isEmpty()) {
            underWay--;
        } else {
            next.getFirst().batch = next;
            next.getFirst().signal.release();
        }
    }

    private void fill(List<Asked> batch) {
        long total = 0;
        while (!waiting.isEmpty()) {
            var first = waiting.entrySet().iterator().next();
            Deque<Asked> line = first.getValue();
            total += size.applyAsLong(line.getFirst().question);
            if (!batch.isEmpty() && total > largest) {
                return;
            }
            batch.add(line.removeFirst());
            waiting.remove(first.getKey());
            if (!line.isEmpty()) {
                waiting.put(first.getKey(), line);
            }
        }
    }

    /** How many questions wait. */
    synchronized int waiting() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }
}
