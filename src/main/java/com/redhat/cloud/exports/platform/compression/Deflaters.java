package com.redhat.cloud.exports.platform.compression;

import com.redhat.cloud.exports.platform.concurrency.BackgroundThreads;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.ExportProperties.DeflaterChoice;
import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What all bodies share: the way of deflating, chosen once at the start, the worker threads, and memory. An upload owns
 * none of the memory that is not on the heap: a deflater is borrowed for the time of one block, so that there are never
 * more of them than threads at work, and nothing is left to free when an upload breaks off.
 */
@Component
public class Deflaters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deflaters.class);

    /**
     * Blocks of a body that wait for whoever works on them. With one he has the next when he is done with the first, instead
     * of waiting for the thread that reads to be woken; two are there when that one is woken late.
     */
    private static final int BLOCKS_IN_LINE = 2;

    /** When so many have all the blocks that they may, each gets one: together they keep the workers busy. */
    private static final int BODIES_READ_AHEAD = 2;

    private final Way way;
    private final Executor workers;
    private final int maxInFlight;

    /** Blocks of all bodies that are read and not yet written. */
    private final AtomicInteger inFlight = new AtomicInteger();

    private final BlockingQueue<BlockDeflater> idleDeflaters;

    /**
     * Kept, as many as were ever in use, the last one on top: they live for longer than the young generation has room for
     * them, and as garbage among the old they would make the collector stop everything, for 200 ms.
     */
    private final Deque<Block> idleBlocks = new ConcurrentLinkedDeque<>();

    /** @throws InvalidSettingException when ISA-L is asked for and does not work */
    @Autowired
    Deflaters(ExportProperties properties) {
        this(properties.upload(), Isal.LIBRARY, Runtime.getRuntime().availableProcessors());
    }

    Deflaters(ExportProperties.Upload settings, String isalLibrary, int cores) {
        this(choose(settings, isalLibrary), cores, settings.deflater() == DeflaterChoice.JDK ? 0 : cores - 1);
    }

    Deflaters(Way way, int cores, int workerThreads) {
        this.way = way;
        // As many blocks may wait as there are threads, so that none of them idles.
        workers = workerThreads == 0
                ? Runnable::run
                : BackgroundThreads.pool("deflate", workerThreads, new ArrayBlockingQueue<>(workerThreads));
        maxInFlight = BLOCKS_IN_LINE + Math.min(2 * workerThreads, 8);
        idleDeflaters = new ArrayBlockingQueue<>(2 * cores);
        LOG.info("uploads are deflated by {}, with {} threads beside their own", way.name(), workerThreads);
    }

    /** @param name for the log */
    record Way(String name, Supplier<BlockDeflater> newDeflater) {}

    private static Way choose(ExportProperties.Upload settings, String isalLibrary) {
        String jdk = "the JDK at level " + settings.deflateLevel();
        boolean isalFits = settings.deflater() == DeflaterChoice.ISAL
                || (settings.deflater() == DeflaterChoice.AUTO && settings.deflateLevel() == 1);
        if (isalFits) {
            try {
                Isal isal = new Isal(isalLibrary);
                IsalVerification.run(isal);
                return new Way("ISA-L", () -> new IsalBlockDeflater(isal));
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
        return new Way(jdk, () -> new JdkBlockDeflater(settings.deflateLevel()));
    }

    /** Begins a body. */
    public Deflating start(Deflating.Output output) {
        return new Deflating(this, output);
    }

    void count(int more) {
        inFlight.addAndGet(more);
    }

    /** Blocks that a body may have behind the one that is being read. */
    int blocksOnTheWay() {
        return inFlight.get() > BODIES_READ_AHEAD * maxInFlight ? 1 : maxInFlight;
    }

    Block takeBlock() {
        Block idle = idleBlocks.poll();
        return idle == null ? new Block() : idle;
    }

    /** Keeps a block for another body. */
    void giveBack(Block block) {
        block.clear();
        idleBlocks.push(block);
    }

    void deflate(Block block) {
        block.deflate(this::deflateNow, block.isLast() ? Runnable::run : workers);
    }

    private void deflateNow(Block block) {
        BlockDeflater idle = idleDeflaters.poll();
        BlockDeflater deflater = idle == null ? way.newDeflater().get() : idle;
        boolean kept = false;
        try {
            deflater.deflate(block);
            kept = idleDeflaters.offer(deflater);
        } finally {
            if (!kept) {
                deflater.close();
            }
        }
    }

    /** How many deflaters nobody has. */
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
