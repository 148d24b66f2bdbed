package com.redhat.cloud.exports.platform.concurrency;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Places for what may go on at a time, in all and for each owner. Who finds none waits for one, in the order of coming but
 * for owners that have all that they may have; who has waited long enough is sent away.
 *
 * <p>A place may count for several owners, as an upload does for its application and for its organisation: it is had when
 * each of them may have one more.
 */
public final class Places {

    private final String what;
    private final long most;
    private final Duration queueTimeout;

    private long taken;
    private final Map<String, Long> takenBy = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /**
     * @param what there are too many of, for the message
     * @param most at a time; places, or what these weigh together
     * @param queueTimeout how long one waits
     */
    public Places(String what, long most, Duration queueTimeout) {
        this.what = what;
        this.most = most;
        this.queueTimeout = queueTimeout;
    }

    /** @param most what the owner may have at a time, unless it has nothing: one that weighs more is let in alone */
    public record Share(String owner, long most) {}

    private record Waiting(long weight, List<Share> shares, CompletableFuture<Void> turn) {}

    /** A place that somebody has until it is closed, once. */
    @FunctionalInterface
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param shares in each of which the place counts
     * @throws TooManyAtOnceException when none becomes free in time
     */
    public Place take(Share... shares) {
        return take(1, shares);
    }

    /**
     * @param weight how many places it counts for; what weighs more than there are has all of them
     * @param shares in each of which it counts
     * @throws TooManyAtOnceException when so much does not become free in time
     */
    public Place take(long weight, Share... shares) {
        Waiting me = new Waiting(Math.min(weight, most), List.of(shares), new CompletableFuture<>());
        synchronized (this) {
            waiting.add(me);
            serve();
        }
        if (!isMyTurn(me)) {
            throw new TooManyAtOnceException(what);
        }
        return () -> giveBack(me);
    }

    private boolean isMyTurn(Waiting me) {
        try {
            me.turn().get(queueTimeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !stopWaiting(me);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !stopWaiting(me);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a turn does not fail", e);
        }
    }

    /** @return false when the turn has come in the last moment */
    private synchronized boolean stopWaiting(Waiting me) {
        boolean waited = waiting.remove(me);
        // What is lighter may have waited behind it.
        serve();
        return waited;
    }

    private synchronized void giveBack(Waiting place) {
        taken -= place.weight();
        for (Share share : place.shares()) {
            takenBy.merge(
                    share.owner(),
                    -place.weight(),
                    (before, less) -> before + less == 0 ? null : Long.valueOf(before + less));
        }
        serve();
    }

    private void serve() {
        for (Iterator<Waiting> next = waiting.iterator(); taken < most && next.hasNext(); ) {
            Waiting first = next.next();
            if (first.shares().stream().allMatch(share -> isLeft(share, first.weight()))) {
                if (taken + first.weight() > most) {
                    // What is lighter does not overtake it: it would wait for ever.
                    return;
                }
                next.remove();
                taken += first.weight();
                first.shares().forEach(share -> takenBy.merge(share.owner(), first.weight(), Long::sum));
                first.turn().complete(null);
            }
        }
    }

    private boolean isLeft(Share share, long weight) {
        long has = takenBy.getOrDefault(share.owner(), 0L);
        return has == 0 || has + weight <= share.most();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** How many are taken. */
    public synchronized long taken() {
        return taken;
    }
}
