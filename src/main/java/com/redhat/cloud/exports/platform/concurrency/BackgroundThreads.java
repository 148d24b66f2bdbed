package com.redhat.cloud.exports.platform.concurrency;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.redhat.cloud.exports.platform.health.OutOfMemory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for what keeps a core busy: deflating, hashing, checking, signing. They are not those that carry the virtual ones,
 * where every short request would stand in line behind it, and they give way to others where the machine is short of cores:
 * on Linux each thread has a nice value of its own, which Java's priorities do not set.
 */
public final class BackgroundThreads {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);

    /** A third of the share of another thread that is as busy. */
    private static final int NICE = 5;

    /** The calling thread, see setpriority(2). */
    private static final int PRIO_PROCESS = 0;

    private static final int MYSELF = 0;

    private static final @Nullable MethodHandle GET_PRIORITY = find("getpriority", JAVA_INT, JAVA_INT);
    private static final @Nullable MethodHandle SET_PRIORITY = find("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);

    private BackgroundThreads() {}

    /**
     * @param threads at most; they end when there has been nothing to do for a while
     * @param queue tasks that wait; when it has no room for one, that runs where it comes from
     */
    public static ExecutorService pool(String name, int threads, BlockingQueue<Runnable> queue) {
        ThreadFactory platform =
                Thread.ofPlatform().name(name + "-", 1).daemon().factory();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                queue,
                task -> platform.newThread(() -> {
                    giveWay();
                    task.run();
                }),
                new CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static void giveWay() {
        if (GET_PRIORITY == null || SET_PRIORITY == null) {
            return;
        }
        try {
            // A process that gives way as a whole keeps doing so.
            if ((int) GET_PRIORITY.invokeExact(PRIO_PROCESS, MYSELF) < NICE
                    && (int) SET_PRIORITY.invokeExact(PRIO_PROCESS, MYSELF, NICE) != 0) {
                LOG.debug("the system refuses to set a thread's nice value");
            }
        } catch (Throwable e) {
            OutOfMemory.endIfCausedBy(e);
            // The task comes first: whoever waits for it would wait for ever.
            LOG.debug("a thread's nice value could not be set", e);
        }
    }

    /** Null where it cannot be called, or would be about the whole process. */
    private static @Nullable MethodHandle find(String function, MemoryLayout... arguments) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        try {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find(function)
                    .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, arguments)))
                    .orElse(null);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("{} cannot be called here", function, e);
            return null;
        }
    }
}
