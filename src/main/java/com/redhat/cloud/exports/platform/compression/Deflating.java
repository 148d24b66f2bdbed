package com.redhat.cloud.exports.platform.compression;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Deflates one body while it passes, block by block: one raw deflate stream (RFC 1951), as it will stand in an archive.
 * The blocks' order is kept however many cores deflate them. For one thread, which calls {@link #read}, {@link #enter} and
 * {@link #write} in turns until {@link #isAtEnd}. It leaves {@link #deflate} to others, and reads the next block meanwhile.
 */
public final class Deflating implements AutoCloseable {

    /** Takes the stream as it comes; the array is reused after the call. */
    @FunctionalInterface
    public interface Output {
        void write(byte[] bytes, int offset, int length);
    }

    private final Deflaters deflaters;
    private final Output output;

    /** Read and not yet written. */
    private final Queue<Entry> inFlight = new ArrayDeque<>();

    private @Nullable Block next;
    private long size;

    Deflating(Deflaters deflaters, Output output) {
        this.deflaters = deflaters;
        this.output = output;
        this.next = deflaters.takeBlock();
    }

    /** Reads the next block, waiting for it to be full. It is the caller's to look at until it is written. */
    public Block read(InputStream body) throws IOException {
        Block block = next;
        if (block == null) {
            throw new IllegalStateException("the body has ended");
        }
        block.read(body);
        return block;
    }

    private record Entry(Block block, CompletableFuture<Void> work) {

        boolean isDone() {
            return work.isDone() && block.isDeflated();
        }
    }

    /**
     * Puts the block that was read in line.
     *
     * @param work on the block, under way or to come; deflating is a part of it. It is done after that on the blocks before,
     *     and fails if that did
     */
    public void enter(Block block, CompletableFuture<Void> work) {
        next = null;
        if (!block.isLast()) {
            next = deflaters.takeBlock();
            next.startAfter(block);
        }
        inFlight.add(new Entry(block, work));
        deflaters.count(1);
    }

    /**
     * Deflates the block: on another core if one is idle, else before it returns. The last one is not given away, since
     * nothing would be done meanwhile.
     */
    public void deflate(Block block) {
        deflaters.deflate(block);
    }

    /**
     * Writes what is ready, and waits for it if much is on the way; after the last block, for all of it.
     *
     * @throws CompletionException when the work on a block has failed
     */
    public void write() {
        while (!inFlight.isEmpty()
                && (next == null
                        || inFlight.size() > deflaters.blocksOnTheWay()
                        || inFlight.element().isDone())) {
            Entry oldest = inFlight.remove();
            deflaters.count(-1);
            // Only then somebody has been told to deflate it.
            oldest.work.join();
            Block block = oldest.block;
            block.awaitDeflated();
            output.write(block.deflated, 0, block.deflatedLength);
            size += block.deflatedLength;
            deflaters.giveBack(block);
        }
    }

    /** Whether the last block has been entered. Not to be asked of a block: a written one may be another body's by now. */
    public boolean isAtEnd() {
        return next == null;
    }

    /** Bytes of the stream written so far. */
    public long size() {
        return size;
    }

    /** Blocks that a worker still has are left to it and to the garbage collector. */
    @Override
    public void close() {
        deflaters.count(-inFlight.size());
        inFlight.clear();
        if (next != null) {
            deflaters.giveBack(next);
            next = null;
        }
    }
}
