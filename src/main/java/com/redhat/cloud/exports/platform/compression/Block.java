package com.redhat.cloud.exports.platform.compression;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a body on its way from {@link Blocks} to a {@link ParallelDeflater}. It is good for one use: nobody reaches its
 * memory through it after that, when it may be another body's.
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

    /** In place of bytes that could not be read. */
    static Block broken(int number, Exception failure) {
        return new Block(number, null, failure);
    }

    /** Its place in the body, from 0. */
    int number() {
        return number;
    }

    /** @throws IOException when it could not be read; or an unchecked exception, for the same reason */
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
