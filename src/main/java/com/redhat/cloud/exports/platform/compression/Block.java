package com.redhat.cloud.exports.platform.compression;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A piece of a body on its way through: what was read, and what it is deflated to. With the end of the block before it, it
 * can be deflated on its own, at the same time as its neighbours.
 */
public final class Block {

    /** Bytes of a block, all but the last of a body. */
    static final int SIZE = 256 * 1024;

    /** How far a match may reach back (RFC 1951 section 2). */
    static final int WINDOW = 32 * 1024;

    final byte[] bytes = new byte[WINDOW + SIZE];

    /** Bytes before the block, standing right before {@link #WINDOW}; none in the first block of a body. */
    int history;

    private int length;
    private boolean last;

    byte[] deflated = new byte[SIZE / 4];
    int deflatedLength;

    private CompletableFuture<Void> deflating = CompletableFuture.completedFuture(null);

    Block() {}

    /** The array in which the block stands. */
    public byte[] array() {
        return bytes;
    }

    /** Where in the array the block begins. */
    public int offset() {
        return WINDOW;
    }

    /** Bytes of the block, 0 at the end of some bodies. */
    public int length() {
        return length;
    }

    /** Whether the body ends here. */
    boolean isLast() {
        return last;
    }

    void startAfter(Block before) {
        history = WINDOW;
        System.arraycopy(before.bytes, before.length, bytes, 0, WINDOW);
    }

    /** Makes it the first block of a body. */
    void clear() {
        history = 0;
    }

    void read(InputStream body) throws IOException {
        deflatedLength = 0;
        length = body.readNBytes(bytes, WINDOW, SIZE);
        last = length < SIZE;
    }

    void deflate(Consumer<Block> work, Executor worker) {
        deflating = CompletableFuture.runAsync(() -> work.accept(this), worker);
    }

    boolean isDeflated() {
        return deflating.isDone();
    }

    /** Waits for the worker. */
    void awaitDeflated() {
        deflating.join();
    }

    /** Makes room for more bytes behind what there is of {@link #deflated}. */
    void ensureRoom(int more) {
        if (deflated.length - deflatedLength < more) {
            deflated = Arrays.copyOf(deflated, Math.max(deflated.length * 2, deflatedLength + more));
        }
    }
}
