package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of ours: it is asked to end on {@link #close()}, made to end when it does not, and never outlives us. */
public final class ChildProcess implements AutoCloseable {

    /** The JDK that runs this JVM runs the others too, whatever is on the path. */
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Lifeline lifeline;

    private ChildProcess(String name, Process process, Lifeline lifeline) {
        this.name = name;
        this.process = process;
        this.lifeline = lifeline;
    }

    /** Starts it. Its output, unless the command redirects it, appears here line by line with its name in front. */
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
        // Process.destroy() would close its output as well, and what it says at its end would be lost.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        lifeline.close();
    }
}
