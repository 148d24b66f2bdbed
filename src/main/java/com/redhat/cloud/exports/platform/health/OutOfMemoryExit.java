package com.redhat.cloud.exports.platform.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process when memory runs out, for a JVM that was started without {@code -XX:+ExitOnOutOfMemoryError}. A thread that
 * cannot allocate may die, and a port with it, while the process still looks alive. The supervisor restarts it; leases
 * recover what was under way.
 */
public final class OutOfMemoryExit {

    /** As with the JVM's own option. */
    public static final int EXIT_STATUS = 3;

    /** Chains of causes can be circular. */
    private static final int MAX_DEPTH = 50;

    // Created in advance: later there is no memory for them.
    private static final byte[] MESSAGE = "Terminating due to java.lang.OutOfMemoryError\n".getBytes(US_ASCII);
    private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);

    private OutOfMemoryExit() {}

    /** Exits when a thread dies of it. Code that catches all failures calls {@link #exitIfCausedBy(Throwable)}. */
    public static void install() {
        Thread.UncaughtExceptionHandler previous = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            exitIfCausedBy(failure);
            if (previous == null) {
                System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                failure.printStackTrace();
            } else {
                previous.uncaughtException(thread, failure);
            }
        });
    }

    /** Exits if the failure, or one of its causes, is an {@link OutOfMemoryError}. Allocates nothing. */
    public static void exitIfCausedBy(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof OutOfMemoryError) {
                exit();
            }
            cause = cause.getCause();
        }
    }

    private static void exit() {
        try {
            STDERR.write(MESSAGE);
        } catch (IOException | OutOfMemoryError e) {
            // The process ends anyway.
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}
