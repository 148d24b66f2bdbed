package com.redhat.cloud.exports.platform.concurrency;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.redhat.cloud.exports.platform.health.OutOfMemoryExit;
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
 * Platform threads for work that keeps a core busy: deflating, hashing, validating, signing. On the carriers of virtual
 * threads it would delay every short request. Where cores are short these threads give way to others: on Linux each thread
 * has a nice value of its own, which Java's priorities do not set.
 */
public final class BackgroundThreads {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);

    /** Gives a third of what a thread of nice value 0 gets. */
    private static final int NICE = 5;

    // The calling thread, see setpriority(2).
    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;

    private static final @Nullable MethodHandle GET_PRIORITY = findFunction("getpriority", JAVA_INT, JAVA_INT);
    private static final @Nullable MethodHandle SET_PRIORITY =
            findFunction("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);

    private BackgroundThreads() {}

    /**
     * Creates a pool. Its threads end when they have been idle for a while.
     *
     * @param queue tasks that wait; when it is full, the caller runs its task itself
     */
    public static ExecutorService pool(String name, int maxThreads, BlockingQueue<Runnable> queue) {
        ThreadFactory platform =
                Thread.ofPlatform().name(name + "-", 1).daemon().factory();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                maxThreads,
                maxThreads,
                10,
                TimeUnit.SECONDS,
                queue,
                task -> platform.newThread(() -> {
                    lowerPriority();
                    task.run();
                }),
                new CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static void lowerPriority() {
        if (GET_PRIORITY == null || SET_PRIORITY == null) {
            return;
        }
        try {
            // The process as a whole may have a higher value already.
            if ((int) GET_PRIORITY.invokeExact(PRIO_PROCESS, CALLING_THREAD) < NICE
                    && (int) SET_PRIORITY.invokeExact(PRIO_PROCESS, CALLING_THREAD, NICE) != 0) {
                LOG.debug("the system does not set a thread's nice value");
            }
        } catch (Throwable e) {
            OutOfMemoryExit.exitIfCausedBy(e);
            // The task must run anyway: a caller waits for it.
            LOG.debug("a thread's nice value could not be set", e);
        }
    }

    /** Returns null where it cannot be called, or would set the value of the whole process. */
    private static @Nullable MethodHandle findFunction(String name, MemoryLayout... arguments) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        try {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find(name)
                    .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, arguments)))
                    .orElse(null);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("{} cannot be called here", name, e);
            return null;
        }
    }
}
