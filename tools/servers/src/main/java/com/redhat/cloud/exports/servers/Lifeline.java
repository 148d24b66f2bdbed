package com.redhat.cloud.exports.servers;

import java.io.IOException;

/**
 * Terminates a process when this JVM ends in any way, {@code kill -9} included.
 *
 * <p>A shell waits at the other end of a pipe that only this JVM holds open; the operating system closes it with us.
 */
final class Lifeline implements AutoCloseable {

    private final Process shell;

    private Lifeline(Process shell) {
        this.shell = shell;
    }

    /**
     * @param signal by name, for instance {@code TERM}. Not {@code INT} for a JVM, which ignores it if a script started it in the background.
     */
    static Lifeline tiedTo(long pid, String signal) throws IOException {
        return new Lifeline(new ProcessBuilder(
                        "sh", "-c", "read -r _; kill -s \"$1\" \"$2\"", "lifeline", signal, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Releases the process. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
