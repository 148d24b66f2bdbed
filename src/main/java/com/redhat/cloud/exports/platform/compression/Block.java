package com.redhat.cloud.exports.platform.compression;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a body, from {@link Blocks} to a {@link ParallelDeflater}. Can be used once: afterwards its memory may belong to
 * another body.
 */
public final class Block {

    private final int number;
    private @Nullable BlockBuffer buffer;
    private final @Nullable Exception failure;

    private Block(int number, @Nullable BlockBuffer buffer, @Nullable Exception failure) {
        this.number = number;
        this.buffer = buffer;
        this.failure = failure;
    }

    static Block of(int number, BlockBuffer buffer) {
        return new Block(number, buffer, null);
    }

    /** Creates a block in place of bytes that could not be read. */
    static Block broken(int number, Exception failure) {
        return new Block(number, null, failure);
    }

    /** Returns its index in the body. */
    int number() {
        return number;
    }

    /** Throws what prevented reading, an {@link IOException} or an unchecked exception, if anything did. */
    void requireRead() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    boolean isBroken() {
        return failure != null;
    }

    /** Hands the memory over, once. */
    BlockBuffer take() {
        BlockBuffer taken = buffer;
        if (taken == null) {
            throw new IllegalStateException("a block can be used once");
        }
        buffer = null;
        return taken;
    }
}
