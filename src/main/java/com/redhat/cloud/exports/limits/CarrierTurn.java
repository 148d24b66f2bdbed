package com.redhat.cloud.exports.limits;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The turn of a virtual thread on the thread that carries it. A copy between two fast sockets never waits, and nobody takes
 * the carrier from it: requests that have just come, or whose database has answered, would wait for its end.
 *
 * <p>{@code Thread.yield()} is not enough: two that yield on one carrier hand it to each other, since a carrier looks for
 * work from elsewhere only when it has none of its own. Whoever parks comes back from elsewhere.
 */
public final class CarrierTurn {

    /** Nanoseconds; a park costs a hundredth of it. Waits count too: to tell them apart would cost more. */
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(1);

    private long start = System.nanoTime();

    /** Gives the others their turn if this one has been long enough. */
    public void endInTime() {
        if (System.nanoTime() - start > LONGEST) {
            LockSupport.parkNanos(1);
            start = System.nanoTime();
        }
    }
}
