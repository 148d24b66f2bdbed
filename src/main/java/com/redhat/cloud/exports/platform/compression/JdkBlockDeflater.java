package com.redhat.cloud.exports.platform.compression;

import java.util.zip.Deflater;

/** By the zlib of the JDK. */
final class JdkBlockDeflater implements BlockDeflater {

    private static final int OUTPUT = 16 * 1024;

    /** At those zlib takes the first good match ({@code deflate_fast}). */
    private static final int HIGHEST_FAST_LEVEL = 3;

    /**
     * Then it spends a fifth of its time on sliding its window, once every 32 KiB, which it never does when it begins anew
     * before its two windows are full. The history of a run is shorter than a window, since it costs as much as deflating it;
     * the streams become longer by a hundredth at most.
     */
    private static final int FAST_RUN = 56_000;

    private static final int FAST_HISTORY = 8 * 1024;

    private final int run;
    private final int history;
    private final Deflater deflater;

    /** @param level 1 (fast) to 9 (small) */
    JdkBlockDeflater(int level) {
        boolean fast = level <= HIGHEST_FAST_LEVEL;
        this.run = fast ? FAST_RUN : Block.SIZE;
        this.history = fast ? FAST_HISTORY : Block.WINDOW;
        this.deflater = new Deflater(level, true);
    }

    @Override
    public void deflate(Block block) {
        int from = 0;
        do {
            int end = Math.min(from + run, block.length());
            deflateRun(block, from, end);
            from = end;
        } while (from < block.length());
    }

    /** Deflates what is between two places of a block, on its own but for matches in what is before it. */
    private void deflateRun(Block block, int from, int end) {
        deflater.reset();
        int before = Math.min(history, block.history + from);
        if (before > 0) {
            deflater.setDictionary(block.bytes, Block.WINDOW + from - before, before);
        }
        for (int position = from; position < end; position += PIECE) {
            deflater.setInput(block.bytes, Block.WINDOW + position, Math.min(PIECE, end - position));
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
                // A full buffer means that there may be more.
            }
        }
    }

    private int append(Block block, int flush) {
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
