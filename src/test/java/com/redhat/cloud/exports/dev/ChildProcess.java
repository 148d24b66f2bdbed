package com.redhat.cloud.exports.dev;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of ours: it is asked to end on {@link #close()}, made to end when it does not, and never outlives us. */
final class ChildProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final Lifeline lifeline;

    private ChildProcess(Process process, Lifeline lifeline) {
        this.process = process;
        this.lifeline = lifeline;
    }

    static ChildProcess start(ProcessBuilder command) throws IOException {
        var process = command.start();
        process.getOutputStream().close();
        return new ChildProcess(process, Lifeline.tiedTo(process.pid()));
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    @Override
    public void close() {
        process.destroy();
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
