package com.redhat.cloud.exports.platform.concurrency;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only so many short pieces of work of one owner go on at a time, so that an owner with many requests finds the
 * others' in front of most of its own. Who waits costs a virtual thread and no connection to the database.
 */
public final class Turns {

    private final String what;
    private final int maxPerOwner;
    private final Duration queueTimeout;
    private final ConcurrentMap<String, Line> lines = new ConcurrentHashMap<>();

    /**
     * @param what there is too much of, for the message
     * @param maxPerOwner at a time of one owner
     * @param queueTimeout how long one waits
     */
    public Turns(String what, int maxPerOwner, Duration queueTimeout) {
        this.what = what;
        this.maxPerOwner = maxPerOwner;
        this.queueTimeout = queueTimeout;
    }

    /** Forgotten with the last of its users. */
    private static final class Line {

        private final Semaphore turns;
        private int users;

        Line(int turns) {
            this.turns = new Semaphore(turns, true);
        }
    }

    /** @throws TooManyAtOnceException when the owner's turn does not come in time */
    public <T> T take(String owner, Supplier<T> work) {
        Line line = lines.compute(owner, (name, known) -> {
            Line entered = known == null ? new Line(maxPerOwner) : known;
            entered.users++;
            return entered;
        });
        try {
            if (!line.turns.tryAcquire(queueTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TooManyAtOnceException(what);
            }
            try {
                return work.get();
            } finally {
                line.turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyAtOnceException(what);
        } finally {
            lines.compute(owner, (name, known) -> --line.users == 0 ? null : line);
        }
    }

    /** How many owners have work under way or waiting. */
    int owners() {
        return lines.size();
    }
}
