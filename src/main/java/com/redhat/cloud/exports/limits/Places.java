package com.redhat.cloud.exports.limits;

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
    private final int most;
    private final Duration patience;

    private int taken;
    private final Map<String, Integer> takenBy = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /**
     * @param what there are too many of, for the message
     * @param most at a time
     * @param patience how long one waits
     */
    public Places(String what, int most, Duration patience) {
        this.what = what;
        this.most = most;
        this.patience = patience;
    }

    /** @param most places that the owner may have at a time */
    public record Share(String owner, int most) {}

    private record Waiting(List<Share> shares, CompletableFuture<Void> turn) {}

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
        Waiting me = new Waiting(List.of(shares), new CompletableFuture<>());
        synchronized (this) {
            waiting.add(me);
            serve();
        }
        if (!isMyTurn(me)) {
            throw new TooManyAtOnceException(what);
        }
        return () -> giveBack(me.shares());
    }

    private boolean isMyTurn(Waiting me) {
        try {
            me.turn().get(patience.toMillis(), TimeUnit.MILLISECONDS);
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
        return waiting.remove(me);
    }

    private synchronized void giveBack(List<Share> shares) {
        taken--;
        for (Share share : shares) {
            takenBy.merge(share.owner(), -1, (before, less) -> before + less == 0 ? null : before + less);
        }
        serve();
    }

    private void serve() {
        for (Iterator<Waiting> next = waiting.iterator(); taken < most && next.hasNext(); ) {
            Waiting first = next.next();
            if (first.shares().stream().allMatch(this::isLeft)) {
                next.remove();
                taken++;
                first.shares().forEach(share -> takenBy.merge(share.owner(), 1, Integer::sum));
                first.turn().complete(null);
            }
        }
    }

    private boolean isLeft(Share share) {
        return takenBy.getOrDefault(share.owner(), 0) < share.most();
    }

    /** How many are taken. */
    public synchronized int taken() {
        return taken;
    }
}
