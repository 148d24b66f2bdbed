package com.redhat.cloud.exports.dev;

import java.io.IOException;

/**
 * Ends a process when this JVM is gone, however it went, {@code kill -9} included.
 *
 * <p>A shell waits at the other end of a pipe that only this JVM holds open; the operating system closes it with us.
 */
final class Lifeline implements AutoCloseable {

    private final Process shell;

    private Lifeline(Process shell) {
        this.shell = shell;
    }

    static Lifeline tiedTo(long pid) throws IOException {
        return new Lifeline(
                new ProcessBuilder("sh", "-c", "read -r _; kill -INT \"$1\"", "lifeline", Long.toString(pid))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /** Lets go of the process, which goes on or has ended. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
