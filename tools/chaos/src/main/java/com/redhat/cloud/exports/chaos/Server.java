package com.redhat.cloud.exports.chaos;

import com.redhat.cloud.exports.servers.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server or replica: a process with its children that can be stopped, frozen, and started again on its data. */
final class Server implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String name;
    private final String stopSignal;
    private final Callable<ChildProcess> command;
    private @Nullable ChildProcess process;
    private boolean closed;

    /**
     * @param stopSignal for a clean end
     * @param command starts it and returns when it is usable
     */
    Server(String name, String stopSignal, Callable<ChildProcess> command) {
        this.name = name;
        this.stopSignal = stopSignal;
        this.command = command;
    }

    String name() {
        return name;
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Starts it unless it is running. Tries again, since its predecessor may still hold a port or a file. */
    synchronized void start() throws Exception {
        long end = System.nanoTime() + TIMEOUT.multipliedBy(3).toNanos();
        while (!closed && !isAlive()) {
            if (process != null) {
                process.close();
                process = null;
            }
            try {
                process = command.call();
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    /** Kills it as {@code kill -9} does. */
    synchronized void kill() throws IOException, InterruptedException {
        if (isAlive()) {
            signal("KILL");
            awaitEnd();
        }
    }

    /** Stops it cleanly, or by force if that takes too long. */
    synchronized void stop() throws IOException, InterruptedException {
        if (isAlive()) {
            signal(stopSignal, List.of(process.pid()));
            awaitEnd();
        }
    }

    private void awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (isAlive() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (process != null) {
            process.close();
            process = null;
        }
    }

    synchronized void freeze() throws IOException, InterruptedException {
        if (isAlive()) {
            signal("STOP");
        }
    }

    synchronized void thaw() throws IOException, InterruptedException {
        if (isAlive()) {
            signal("CONT");
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        var pids = new ArrayList<Long>();
        pids.add(process.pid());
        ProcessHandle.of(process.pid())
                .ifPresent(root -> root.descendants().map(ProcessHandle::pid).forEach(pids::add));
        signal(signal, pids);
    }

    private static void signal(String signal, List<Long> pids) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", "-s", signal));
        pids.forEach(pid -> command.add(pid.toString()));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            thaw();
            stop();
        } catch (IOException | InterruptedException e) {
            System.err.println("chaos: " + name + " did not end: " + e);
        }
    }
}
