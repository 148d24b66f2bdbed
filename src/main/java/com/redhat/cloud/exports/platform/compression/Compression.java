package com.redhat.cloud.exports.platform.compression;

import com.redhat.cloud.exports.platform.concurrency.BackgroundThreads;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.UploadProperties;
import com.redhat.cloud.exports.platform.config.UploadProperties.DeflaterChoice;
import java.io.InputStream;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What all bodies share: the engine, chosen at the start, threads, and memory. An upload owns no memory off the heap: it
 * borrows a deflater for one block at a time. So there are never more deflaters than busy threads, and an upload that breaks
 * off leaves nothing to free.
 */
@Component
public class Compression implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Compression.class);

    /** Larger blocks are worth waking another thread. */
    private static final int SMALL = 64 * 1024;

    /**
     * Blocks of a body that may wait for inspection: one, so that inspection does not wait for reading, and one more in case
     * the reading thread wakes late.
     */
    private static final int MAX_WAITING = 2;

    /** When this many bodies have all their blocks in flight, each gets just one: together they keep the threads busy. */
    private static final int BODIES_READ_AHEAD = 2;

    private final Engine engine;
    private final Executor deflaters;
    private final int maxInFlightOfOne;

    /** Inspects blocks of all bodies, one of each body at a time. */
    private final Executor inspectors;

    /** Blocks of all bodies that are accepted but not written. */
    private final AtomicInteger inFlight = new AtomicInteger();

    private final BlockingQueue<BlockDeflater> idleDeflaters;

    /**
     * Reused, the latest first, and never discarded: as garbage of the old generation they caused pauses of 200 ms.
     */
    private final Deque<BlockBuffer> idleBuffers = new ConcurrentLinkedDeque<>();

    /** @throws InvalidSettingException when ISA-L is required and does not work */
    @Autowired
    Compression(ExportProperties properties) {
        this(properties.upload(), Isal.LIBRARY, Runtime.getRuntime().availableProcessors());
    }

    Compression(UploadProperties settings, String isalLibrary, int cores) {
        this(choose(settings, isalLibrary), cores, settings.deflater() == DeflaterChoice.JDK ? 0 : cores - 1);
    }

    Compression(Engine engine, int cores, int deflatingThreads) {
        this.engine = engine;
        // As many blocks may wait as there are threads, so that no thread idles.
        deflaters = deflatingThreads == 0
                ? Runnable::run
                : BackgroundThreads.pool("deflate", deflatingThreads, new ArrayBlockingQueue<>(deflatingThreads));
        inspectors = BackgroundThreads.pool("pipeline", Math.max(1, cores - 1), new LinkedBlockingQueue<>());
        maxInFlightOfOne = MAX_WAITING + Math.min(2 * deflatingThreads, 8);
        idleDeflaters = new ArrayBlockingQueue<>(2 * cores);
        LOG.info("uploads are deflated by {}, with {} threads beside their own", engine.name(), deflatingThreads);
    }

    /** @param name for the log */
    record Engine(String name, Supplier<BlockDeflater> newDeflater) {}

    private static Engine choose(UploadProperties settings, String isalLibrary) {
        String jdk = "the JDK at level " + settings.deflateLevel();
        boolean isalFits = settings.deflater() == DeflaterChoice.ISAL
                || (settings.deflater() == DeflaterChoice.AUTO && settings.deflateLevel() == 1);
        if (isalFits) {
            try {
                Isal isal = new Isal(isalLibrary);
                IsalVerification.run(isal);
                return new Engine("ISA-L", () -> new IsalBlockDeflater(isal));
            } catch (RuntimeException | LinkageError e) {
                if (settings.deflater() == DeflaterChoice.ISAL) {
                    throw InvalidSettingException.of(
                            "EXPORT_DEFLATER",
                            "may be isal only where %s works (%s), else it must be auto, parallel or jdk"
                                    .formatted(isalLibrary, e.getMessage()));
                }
                jdk += " (ISA-L: " + e.getMessage() + ")";
            }
        }
        return new Engine(jdk, () -> new JdkBlockDeflater(settings.deflateLevel()));
    }

    /**
     * Cuts a body into blocks, reading each on demand; for one pass.
     *
     * @param maxSize bytes of the body
     * @param tooLong creates the failure of a block over the limit
     */
    public Iterable<Block> blocksOf(InputStream body, long maxSize, Supplier<? extends RuntimeException> tooLong) {
        return () -> new Blocks(this, body, maxSize, tooLong);
    }

    /** Starts the stream of one body. */
    public ParallelDeflater deflateTo(ParallelDeflater.Output output) {
        return new ParallelDeflater(this, output);
    }

    void count(int more) {
        inFlight.addAndGet(more);
    }

    /** Returns the blocks that one body may have in flight. */
    int maxInFlight() {
        return inFlight.get() > BODIES_READ_AHEAD * maxInFlightOfOne ? 1 : maxInFlightOfOne;
    }

    BlockBuffer takeBuffer() {
        BlockBuffer idle = idleBuffers.poll();
        return idle == null ? new BlockBuffer() : idle;
    }

    /** Keeps a buffer for another block, of any body. */
    void giveBack(BlockBuffer buffer) {
        idleBuffers.push(buffer);
    }

    /** Returns the executor that inspects a block. */
    Executor inspectors(BlockBuffer buffer) {
        return buffer.length() <= SMALL ? Runnable::run : inspectors;
    }

    /**
     * Deflates a block, on another thread if one is idle, else on this one. The last block stays on this thread, which would
     * only wait for it.
     */
    CompletableFuture<Void> deflate(BlockBuffer buffer) {
        return CompletableFuture.runAsync(() -> deflateNow(buffer), buffer.isLast() ? Runnable::run : deflaters);
    }

    private void deflateNow(BlockBuffer buffer) {
        BlockDeflater idle = idleDeflaters.poll();
        BlockDeflater deflater = idle == null ? engine.newDeflater().get() : idle;
        boolean kept = false;
        try {
            deflater.deflate(buffer);
            kept = idleDeflaters.offer(deflater);
        } finally {
            if (!kept) {
                deflater.close();
            }
        }
    }

    /** Returns the number of idle deflaters. */
    int idle() {
        return idleDeflaters.size();
    }

    @Override
    public void close() {
        for (BlockDeflater idle = idleDeflaters.poll(); idle != null; idle = idleDeflaters.poll()) {
            idle.close();
        }
    }
}
