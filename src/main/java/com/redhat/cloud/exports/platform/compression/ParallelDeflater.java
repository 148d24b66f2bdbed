package com.redhat.cloud.exports.platform.compression;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Deflates one body, block by block, to one raw deflate stream (RFC 1951), as archives contain it. Blocks are deflated and
 * inspected on other threads while the caller reads on; small ones at once. The stream keeps their order. Not thread-safe.
 */
public final class ParallelDeflater implements AutoCloseable {

    /** Receives the stream; the array is reused after the call. */
    @FunctionalInterface
    public interface Output {
        void write(byte[] bytes, int offset, int length);
    }

    /** Sees the bytes of a body in order, on any thread; the array is reused after the call. */
    @FunctionalInterface
    public interface Inspector {
        void inspect(byte[] bytes, int offset, int length);
    }

    private final Compression compression;
    private final Output output;
    private final Queue<Passage> inFlight = new ArrayDeque<>();

    /** Completes with the inspection of the latest block; fails when any inspection has failed. */
    private CompletableFuture<Void> inspected = CompletableFuture.completedFuture(null);

    private int count;
    private boolean ended;
    private long size;

    ParallelDeflater(Compression compression, Output output) {
        this.compression = compression;
        this.output = output;
    }

    /** A block that is accepted but not written. */
    private static final class Passage {

        private final BlockBuffer buffer;
        private CompletableFuture<Void> inspected = CompletableFuture.completedFuture(null);

        /** Set by the inspecting thread. */
        private CompletableFuture<Void> deflated = CompletableFuture.completedFuture(null);

        Passage(BlockBuffer buffer) {
            this.buffer = buffer;
        }

        boolean isDone() {
            return inspected.isDone() && deflated.isDone();
        }

        void await() {
            join(inspected);
            join(deflated);
        }
    }

    /**
     * Accepts the next block of the body. It is inspected and written in order, and deflated in parallel. Waits while many are
     * in flight.
     *
     * @throws IOException when the block could not be read, unless an inspector or the output has failed before
     */
    public void accept(Block block, Inspector inspector) throws IOException {
        if (ended || block.number() != count) {
            throw new IllegalStateException("block %d is not the next of this body".formatted(block.number()));
        }
        if (block.isBroken()) {
            join(inspected);
            block.requireRead();
        }
        BlockBuffer buffer = block.take();
        count++;
        ended = buffer.isLast();
        start(new Passage(buffer), inspector);
        write(compression.maxInFlight());
    }

    private void start(Passage passage, Inspector inspector) {
        BlockBuffer buffer = passage.buffer;
        inspected = inspected.thenRunAsync(
                () -> {
                    passage.deflated = compression.deflate(buffer);
                    inspector.inspect(buffer.bytes, BlockBuffer.WINDOW, buffer.length());
                },
                compression.inspectors(buffer));
        passage.inspected = inspected;
        inFlight.add(passage);
        compression.count(1);
    }

    /**
     * Writes the rest of the stream.
     *
     * @throws IllegalStateException when the last block has not been accepted
     */
    public void finish() {
        if (!ended) {
            throw new IllegalStateException("the body has not ended");
        }
        write(0);
    }

    /** Writes what is ready, and waits until at most this many blocks are in flight. */
    private void write(int maxInFlight) {
        while (!inFlight.isEmpty()
                && (inFlight.size() > maxInFlight || inFlight.element().isDone())) {
            Passage oldest = inFlight.remove();
            compression.count(-1);
            oldest.await();
            write(oldest.buffer);
            compression.giveBack(oldest.buffer);
        }
    }

    private void write(BlockBuffer buffer) {
        try {
            output.write(buffer.deflated, 0, buffer.deflatedLength);
            size += buffer.deflatedLength;
        } catch (RuntimeException e) {
            // Faults of the content come first.
            join(inspected);
            throw e;
        }
    }

    /** Returns the bytes written so far. */
    public long size() {
        return size;
    }

    private static void join(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    /** Abandons blocks in flight to their threads and the garbage collector. */
    @Override
    public void close() {
        compression.count(-inFlight.size());
        inFlight.clear();
    }
}
