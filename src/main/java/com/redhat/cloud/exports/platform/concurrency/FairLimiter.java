package com.redhat.cloud.exports.platform.concurrency;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caps concurrent operations, in total and per owner. Callers wait in a {@link FairQueue}: owners take turns, and one that has
 * reached its limit is skipped.
 *
 * <p>A permit may count for several owners, as an upload does for its application and its organisation. It is granted when
 * each of them may have one more.
 */
public final class FairLimiter {

    private final String subject;
    private final long max;
    private final @Nullable Duration queueTimeout;

    private long used;
    private final Map<String, Long> usedBy = new HashMap<>();
    private final FairQueue<Request> queue = new FairQueue<>();

    private FairLimiter(String subject, long max, @Nullable Duration queueTimeout) {
        this.subject = subject;
        this.max = max;
        this.queueTimeout = queueTimeout;
    }

    /**
     * Creates a limiter whose callers fail when they have waited too long.
     *
     * @param subject what is limited, in the plural, for the message of the failure
     * @param max total weight at a time
     */
    public static FairLimiter of(String subject, long max, Duration queueTimeout) {
        return new FairLimiter(subject, max, queueTimeout);
    }

    /** Creates a limiter without a limit in total. */
    public static FairLimiter perOwner(String subject, Duration queueTimeout) {
        return new FairLimiter(subject, Long.MAX_VALUE, queueTimeout);
    }

    /** Creates a limiter whose callers wait as long as it takes. */
    public static FairLimiter withoutTimeout(String subject, long max) {
        return new FairLimiter(subject, max, null);
    }

    /**
     * An owner's share.
     *
     * @param max weight that the owner may have at a time; a request that weighs more is granted when the owner has nothing
     */
    public record Share(String owner, long max) {}

    /** Held by a caller until it closes it, once. */
    @FunctionalInterface
    public interface Permit extends AutoCloseable {
        @Override
        void close();

        /** Gives back all but {@code weight}; nothing if the permit has no more than that. */
        default void reduceTo(long weight) {}
    }

    /** Requests that count for the same shares are one owner's to the queue. */
    private static final class Request extends Waiter {

        private final List<Share> shares;

        Request(long weight, List<Share> shares) {
            super(shares, weight);
            this.shares = shares;
        }
    }

    /**
     * Acquires a permit of weight 1.
     *
     * @throws ServiceException when it cannot be granted in time
     */
    public Permit acquire(Share... shares) {
        return acquire(1, shares);
    }

    /**
     * Acquires a permit.
     *
     * @param weight more than the limiter's total counts as all of it
     * @param shares in each of which the permit counts
     * @throws ServiceException when it cannot be granted in time
     */
    public Permit acquire(long weight, Share... shares) {
        Request request = new Request(Math.min(weight, max), List.of(shares));
        synchronized (this) {
            queue.add(request);
            grantAll();
        }
        if (queueTimeout == null) {
            request.await();
        } else if (!request.await(queueTimeout, () -> leave(request))) {
            throw ServiceException.tooMany("too many %s at the moment".formatted(subject));
        }
        return new Granted(request);
    }

    /**
     * Does some work with a permit of weight 1.
     *
     * @throws ServiceException when it cannot be granted in time
     */
    public <T> T call(Share share, Supplier<T> work) {
        try (Permit permit = acquire(share)) {
            return work.get();
        }
    }

    private synchronized boolean leave(Request request) {
        boolean left = queue.remove(request);
        // Lighter ones may have waited behind it.
        unblockBehind(request);
        grantAll();
        return left;
    }

    private final class Granted implements Permit {

        private final Request request;
        private long weight;

        Granted(Request request) {
            this.request = request;
            this.weight = request.weight();
        }

        @Override
        public void reduceTo(long remaining) {
            synchronized (FairLimiter.this) {
                if (remaining < weight) {
                    release(request, weight - remaining);
                    weight = remaining;
                }
            }
        }

        @Override
        public void close() {
            reduceTo(0);
        }
    }

    private void release(Request request, long weight) {
        used -= weight;
        for (Share share : request.shares) {
            usedBy.merge(share.owner(), -weight, FairLimiter::sumOrNull);
        }
        unblockBehind(request);
        grantAll();
    }

    private static @Nullable Long sumOrNull(Long one, Long other) {
        long sum = one + other;
        return sum == 0 ? null : sum;
    }

    private void grantAll() {
        for (Request next = queue.peek(); next != null; next = queue.peek()) {
            Share full = fullShare(next);
            if (full != null) {
                queue.block(full.owner());
            } else if (next.weight() > max - used) {
                // Lighter ones do not overtake it, or it would wait for ever.
                return;
            } else {
                queue.poll();
                grant(next);
            }
            unblockBehind(next);
        }
    }

    private void grant(Request request) {
        used += request.weight();
        for (Share share : request.shares) {
            usedBy.merge(share.owner(), request.weight(), Long::sum);
        }
        request.wake();
    }

    /** Unblocks one line a share. When that has been served, or blocked by another share, the next one follows. */
    private void unblockBehind(Request request) {
        for (Share share : request.shares) {
            Request next = queue.peekBlocked(share.owner());
            if (next != null && hasRoom(share, next.weight())) {
                queue.unblock(share.owner());
            }
        }
    }

    private @Nullable Share fullShare(Request request) {
        for (Share share : request.shares) {
            if (!hasRoom(share, request.weight())) {
                return share;
            }
        }
        return null;
    }

    private boolean hasRoom(Share share, long weight) {
        long has = usedBy.getOrDefault(share.owner(), 0L);
        return has == 0 || has + weight <= share.max();
    }

    /** Returns how many wait. */
    public synchronized int waiting() {
        return queue.size();
    }

    /** Returns the weight of all permits. */
    public synchronized long used() {
        return used;
    }
}
