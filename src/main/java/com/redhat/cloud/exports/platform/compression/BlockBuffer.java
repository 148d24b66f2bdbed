package com.redhat.cloud.exports.platform.compression;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The memory of one block: what was read and what it is deflated to. With the bytes before it, it can be deflated on its
 * own, at the same time as its neighbours. Reused for other bodies once it has been written.
 */
final class BlockBuffer {

    /** Bytes of a block, all but the last of a body. */
    static final int SIZE = 256 * 1024;

    /** How far a match may reach back (RFC 1951 section 2). */
    static final int WINDOW = 32 * 1024;

    /** The block stands at {@link #WINDOW}, the bytes before it, if there are any, right before it. */
    final byte[] bytes = new byte[WINDOW + SIZE];

    private boolean hasHistory;
    private int length;
    private boolean last;

    byte[] deflated = new byte[SIZE / 4];
    int deflatedLength;

    /** Bytes before the block; none in the first block of a body. */
    int history() {
        return hasHistory ? WINDOW : 0;
    }

    /** Bytes of the block, 0 at the end of some bodies. */
    int length() {
        return length;
    }

    /** Whether the body ends here. */
    boolean isLast() {
        return last;
    }

    /**
     * Reads a block, waiting for it to be full.
     *
     * @param window the {@link #WINDOW} bytes before it; of other length in front of the first block
     */
    void read(InputStream body, byte[] window) throws IOException {
        hasHistory = window.length == WINDOW;
        System.arraycopy(window, 0, bytes, 0, window.length);
        deflatedLength = 0;
        length = body.readNBytes(bytes, WINDOW, SIZE);
        last = length < SIZE;
    }

    /** Copies the end of a full block, to which the next one may refer. */
    void copyEnd(byte[] window) {
        System.arraycopy(bytes, SIZE, window, 0, WINDOW);
    }

    /** Makes room for more bytes behind what there is of {@link #deflated}. */
    void ensureRoom(int more) {
        if (deflated.length - deflatedLength < more) {
            deflated = Arrays.copyOf(deflated, Math.max(deflated.length * 2, deflatedLength + more));
        }
    }
}
