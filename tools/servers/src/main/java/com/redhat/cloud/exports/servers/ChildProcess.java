package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A child process that {@link #close()} terminates, by force if need be, and that never outlives this JVM. */
public final class ChildProcess implements AutoCloseable {

    /** The java command of this JVM's JDK. */
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Lifeline lifeline;

    private ChildProcess(String name, Process process, Lifeline lifeline) {
        this.name = name;
        this.process = process;
        this.lifeline = lifeline;
    }

    /** Starts it. Output that the command does not redirect is printed here, each line after the name. */
    public static ChildProcess start(String name, ProcessBuilder command) throws IOException {
        var process = command.redirectErrorStream(true).start();
        process.getOutputStream().close();
        Thread.ofVirtual()
                .start(() ->
                        process.inputReader().lines().forEach(line -> System.out.println("[" + name + "] " + line)));
        return new ChildProcess(name, process, Lifeline.tiedTo(process.pid(), "TERM"));
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    @Override
    public void close() {
        // Process.destroy() would also close its output and lose its last lines.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        lifeline.close();
    }
}
