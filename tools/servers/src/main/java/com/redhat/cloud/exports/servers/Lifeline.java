package com.redhat.cloud.exports.servers;

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

    /**
     * @param signal by name, for instance {@code TERM}. Not {@code INT} for a JVM: it ignores that one when it was
     *     started in the background of a script.
     */
    static Lifeline tiedTo(long pid, String signal) throws IOException {
        return new Lifeline(new ProcessBuilder(
                        "sh", "-c", "read -r _; kill -s \"$1\" \"$2\"", "lifeline", signal, Long.toString(pid))
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
