package com.redhat.cloud.exports.platform.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process when memory has run out, as {@code -XX:+ExitOnOutOfMemoryError} does, for a JVM that was started without
 * that option: it cannot be set later. A thread that could not allocate may have died, and a port with it, while the process
 * goes on and looks alive. Its supervisor starts it again, and leases see to what was under way.
 */
public final class OutOfMemoryExit {

    /** The JVM's own option exits with the same. */
    public static final int EXIT_STATUS = 3;

    /** Limit for a chain of causes that is a circle. */
    private static final int MAX_DEPTH = 50;

    // Made in advance: there is no memory when they are needed.
    private static final byte[] MESSAGE = "Terminating due to java.lang.OutOfMemoryError\n".getBytes(US_ASCII);
    private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);

    private OutOfMemoryExit() {}

    /** Exits when a thread dies of it. Code that catches it calls {@link #exitIfCausedBy(Throwable)}. */
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
            // The process ends all the same.
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}
