package com.redhat.cloud.exports.platform.concurrency;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets other virtual threads run while one copies much. A copy between two fast sockets never waits, and virtual threads are
 * not preempted: new requests, and those whose database has answered, would wait until it ends.
 *
 * <p>{@code Thread.yield()} is not enough: two threads that yield on one carrier hand it to each other, since a carrier takes
 * work from elsewhere only when it has none of its own. A thread that parks is queued elsewhere.
 */
public final class YieldingOutputStream extends FilterOutputStream {

    /** In nanoseconds; a park costs a hundredth of it. Waits count too: to tell them apart would cost more. */
    private static final long MAX_TURN = TimeUnit.MILLISECONDS.toNanos(1);

    private long turnStart = System.nanoTime();

    public YieldingOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        if (System.nanoTime() - turnStart > MAX_TURN) {
            LockSupport.parkNanos(1);
            turnStart = System.nanoTime();
        }
    }
}
