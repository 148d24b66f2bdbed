package com.redhat.cloud.exports.platform.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process when memory has run out, as {@code -XX:+ExitOnOutOfMemoryError} does, for a JVM that was started without
 * that option: it cannot be set later. A thread that could not allocate may have died, and a port with it, while the
 * process goes on and looks alive. Whoever supervises the process starts it again; what was under way is taken up by
 * leases.
 */
public final class OutOfMemory {

    /** What the JVM's own option exits with. */
    public static final int EXIT_STATUS = 3;

    /** The end of a chain of causes that bites its own tail. */
    private static final int MAX_DEPTH = 50;

    // Made in advance: there is no memory when they are needed.
    private static final byte[] MESSAGE = "Terminating due to java.lang.OutOfMemoryError\n".getBytes(US_ASCII);
    private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);

    private OutOfMemory() {}

    /** Watches threads that die of it. Those that survive call {@link #endIfCausedBy(Throwable)}. */
    public static void endsTheProcess() {
        Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            endIfCausedBy(failure);
            if (usual == null) {
                System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                failure.printStackTrace();
            } else {
                usual.uncaughtException(thread, failure);
            }
        });
    }

    /** Does not return if the failure, or one of its causes, is an {@link OutOfMemoryError}. Allocates nothing. */
    public static void endIfCausedBy(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof OutOfMemoryError) {
                end();
            }
            cause = cause.getCause();
        }
    }

    private static void end() {
        try {
            STDERR.write(MESSAGE);
        } catch (IOException | OutOfMemoryError e) {
            // The end does not depend on it.
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}
