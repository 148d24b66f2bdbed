package com.redhat.cloud.exports.platform.concurrency;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A thread in a {@link FairQueue}. Waiting costs a virtual thread. */
class Waiter {

    private final Object owner;
    private final long weight;
    private final Semaphore signal = new Semaphore(0);

    Waiter(Object owner, long weight) {
        this.owner = owner;
        this.weight = weight;
    }

    final Object owner() {
        return owner;
    }

    final long weight() {
        return weight;
    }

    final void wake() {
        signal.release();
    }

    /** Waits for {@link #wake()}, as long as it takes. */
    final void await() {
        signal.acquireUninterruptibly();
    }

    /**
     * Waits for {@link #wake()}. Gives up after the time-out or when interrupted.
     *
     * @param leave leaves the queue; false if the waiter has been taken from it, so that it is about to be woken
     * @return false if the waiter has left
     */
    final boolean await(Duration timeout, BooleanSupplier leave) {
        try {
            if (signal.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (leave.getAsBoolean()) {
            return false;
        }
        await();
        return true;
    }
}
