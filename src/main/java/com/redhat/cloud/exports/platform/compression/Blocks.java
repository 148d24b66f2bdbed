package com.redhat.cloud.exports.platform.compression;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Reads a body block by block. A body that breaks off or is too long ends in a block that fails when it is used, so that faults
 * of earlier blocks come first.
 */
final class Blocks implements Iterator<Block> {

    private static final byte[] NONE = new byte[0];

    private final Compression compression;
    private final InputStream body;
    private final long maxSize;
    private final Supplier<? extends RuntimeException> tooLong;

    /** A copy, since the block may belong to another body when the next one is read. */
    private byte[] window = NONE;

    private long size;
    private int count;
    private boolean ended;

    Blocks(Compression compression, InputStream body, long maxSize, Supplier<? extends RuntimeException> tooLong) {
        this.compression = compression;
        this.body = body;
        this.maxSize = maxSize;
        this.tooLong = tooLong;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Block next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        BlockBuffer buffer = compression.takeBuffer();
        try {
            read(buffer);
            return Block.of(count++, buffer);
        } catch (IOException | RuntimeException e) {
            ended = true;
            compression.giveBack(buffer);
            return Block.broken(count, e);
        }
    }

    private void read(BlockBuffer buffer) throws IOException {
        buffer.read(body, window);
        size += buffer.length();
        if (size > maxSize) {
            throw tooLong.get();
        }
        ended = buffer.isLast();
        if (!ended) {
            if (window == NONE) {
                window = new byte[BlockBuffer.WINDOW];
            }
            buffer.copyEnd(window);
        }
    }
}
