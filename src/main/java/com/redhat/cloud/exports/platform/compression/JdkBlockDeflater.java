package com.redhat.cloud.exports.platform.compression;

import java.util.zip.Deflater;

/** Deflates with the JDK's zlib. */
final class JdkBlockDeflater implements BlockDeflater {

    private static final int OUTPUT = 16 * 1024;

    /** Up to this level zlib accepts the first good match ({@code deflate_fast}). */
    private static final int MAX_FAST_LEVEL = 3;

    /**
     * At those levels zlib spends a fifth of its time sliding its window, every 32 KiB, unless it restarts before two windows
     * are full. The history of a run is shorter than a window, since it costs as much as deflating it. Streams grow by at most
     * one percent.
     */
    private static final int FAST_RUN = 56_000;

    private static final int FAST_HISTORY = 8 * 1024;

    private final int run;
    private final int history;
    private final Deflater deflater;

    /** @param level 1 (fast) to 9 (small) */
    JdkBlockDeflater(int level) {
        boolean fast = level <= MAX_FAST_LEVEL;
        this.run = fast ? FAST_RUN : BlockBuffer.SIZE;
        this.history = fast ? FAST_HISTORY : BlockBuffer.WINDOW;
        this.deflater = new Deflater(level, true);
    }

    @Override
    public void deflate(BlockBuffer block) {
        int from = 0;
        do {
            int end = Math.min(from + run, block.length());
            deflateRun(block, from, end);
            from = end;
        } while (from < block.length());
    }

    /** Deflates a part of a block. Matches may reach into the bytes before it. */
    private void deflateRun(BlockBuffer block, int from, int end) {
        deflater.reset();
        int before = Math.min(history, block.history() + from);
        if (before > 0) {
            deflater.setDictionary(block.bytes, BlockBuffer.WINDOW + from - before, before);
        }
        for (int position = from; position < end; position += PIECE) {
            deflater.setInput(block.bytes, BlockBuffer.WINDOW + position, Math.min(PIECE, end - position));
            while (!deflater.needsInput()) {
                append(block, Deflater.NO_FLUSH);
            }
        }
        if (block.isLast() && end == block.length()) {
            deflater.finish();
            while (!deflater.finished()) {
                append(block, Deflater.NO_FLUSH);
            }
        } else {
            while (append(block, Deflater.SYNC_FLUSH) == OUTPUT) {
                // The buffer is full: there may be more.
            }
        }
    }

    private int append(BlockBuffer block, int flush) {
        block.ensureRoom(OUTPUT);
        int count = deflater.deflate(block.deflated, block.deflatedLength, OUTPUT, flush);
        block.deflatedLength += count;
        return count;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
