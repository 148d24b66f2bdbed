package com.redhat.cloud.exports.platform.compression;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The memory of one block, before and after deflation. Holds the bytes before the block too, so that it can be deflated beside
 * its neighbours. Reused for other bodies once written.
 */
final class BlockBuffer {

    /** Bytes of each block but the last of a body. */
    static final int SIZE = 256 * 1024;

    /** How far a match may reach back (RFC 1951 section 2). */
    static final int WINDOW = 32 * 1024;

    /** The block begins at {@link #WINDOW}; the bytes before it, if any, precede it. */
    final byte[] bytes = new byte[WINDOW + SIZE];

    private boolean hasHistory;
    private int length;
    private boolean last;

    byte[] deflated = new byte[SIZE / 4];
    int deflatedLength;

    /** Returns the bytes before the block; 0 for the first of a body. */
    int history() {
        return hasHistory ? WINDOW : 0;
    }

    /** Returns the bytes of the block; the last may be empty. */
    int length() {
        return length;
    }

    /** Whether it is the last block of the body. */
    boolean isLast() {
        return last;
    }

    /**
     * Reads a whole block.
     *
     * @param window the {@link #WINDOW} bytes before it; empty before the first block
     */
    void read(InputStream body, byte[] window) throws IOException {
        hasHistory = window.length == WINDOW;
        System.arraycopy(window, 0, bytes, 0, window.length);
        deflatedLength = 0;
        length = body.readNBytes(bytes, WINDOW, SIZE);
        last = length < SIZE;
    }

    /** Copies the end of a full block, to which the next block may refer. */
    void copyEnd(byte[] window) {
        System.arraycopy(bytes, SIZE, window, 0, WINDOW);
    }

    /** Makes room for more bytes in {@link #deflated}. */
    void ensureRoom(int more) {
        if (deflated.length - deflatedLength < more) {
            deflated = Arrays.copyOf(deflated, Math.max(deflated.length * 2, deflatedLength + more));
        }
    }
}
