package com.redhat.cloud.exports.deflate;

import java.util.zip.Deflater;

/** By the zlib of the JDK. */
final class JdkBlockDeflater implements BlockDeflater {

    private static final int OUTPUT = 16 * 1024;

    private final Deflater deflater;

    /** @param level 1 (fast) to 9 (small) */
    JdkBlockDeflater(int level) {
        this.deflater = new Deflater(level, true);
    }

    @Override
    public void deflate(Block block) {
        deflater.reset();
        if (block.history > 0) {
            deflater.setDictionary(block.bytes, Block.WINDOW - block.history, block.history);
        }
        for (int position = 0; position < block.length(); position += PIECE) {
            deflater.setInput(block.bytes, Block.WINDOW + position, Math.min(PIECE, block.length() - position));
            while (!deflater.needsInput()) {
                append(block, Deflater.NO_FLUSH);
            }
        }
        if (block.isLast()) {
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
