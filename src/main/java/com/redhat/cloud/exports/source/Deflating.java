package com.redhat.cloud.exports.source;

import java.util.zip.Deflater;

/** Deflates a body while it passes: one raw deflate stream (RFC 1951), as it will stand in the archive. */
final class Deflating implements AutoCloseable {

    /** Takes the stream as it comes; the array is reused after the call. */
    @FunctionalInterface
    interface Output {
        void write(byte[] bytes, int offset, int length);
    }

    private final Output output;
    private final Deflater deflater;
    private final byte[] buffer = new byte[16 * 1024];

    /** @param level 1 (fast) to 9 (small) */
    Deflating(Output output, int level) {
        this.output = output;
        this.deflater = new Deflater(level, true);
    }

    void write(byte[] block, int length) {
        deflater.setInput(block, 0, length);
        while (!deflater.needsInput()) {
            drain();
        }
    }

    void finish() {
        deflater.finish();
        while (!deflater.finished()) {
            drain();
        }
    }

    /** Bytes of the stream so far. */
    long size() {
        return deflater.getBytesWritten();
    }

    /** Frees the deflater's memory, which is not on the heap. */
    @Override
    public void close() {
        deflater.end();
    }

    private void drain() {
        int count = deflater.deflate(buffer);
        output.write(buffer, 0, count);
    }
}
