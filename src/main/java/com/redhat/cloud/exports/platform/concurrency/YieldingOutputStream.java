package com.redhat.cloud.exports.platform.concurrency;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The answer of a virtual thread that copies much. A copy between two fast sockets never waits, and nobody takes the thread
 * that carries it from it: requests that have just come, or whose database has answered, would wait for its end.
 *
 * <p>{@code Thread.yield()} is not enough: two that yield on one carrier hand it to each other, since a carrier looks for
 * work from elsewhere only when it has none of its own. Whoever parks comes back from elsewhere.
 */
public final class YieldingOutputStream extends FilterOutputStream {

    /** Nanoseconds; a park costs a hundredth of it. Waits count too: to tell them apart would cost more. */
    private static final long LONGEST_TURN = TimeUnit.MILLISECONDS.toNanos(1);

    private long start = System.nanoTime();

    public YieldingOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        if (System.nanoTime() - start > LONGEST_TURN) {
            LockSupport.parkNanos(1);
            start = System.nanoTime();
        }
    }
}
