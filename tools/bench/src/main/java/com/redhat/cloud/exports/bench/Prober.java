package com.redhat.cloud.exports.bench;

import com.redhat.cloud.exports.servers.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A user who sends requests at a fixed rate beside another load, from a separate process, so that the load does not delay it.
 *
 * @param rate a second
 */
record Prober(URI target, String identity, int rate) {

    private static final int WARM_UP_SECONDS = 2;

    /** Milliseconds from when the request was due, so that a late answer also counts for the requests behind it. */
    record Latency(double p50, double p99) {

        private static Latency of(String line) {
            var figures = line.split(" ");
            return new Latency(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
        }
    }

    /** A running prober. */
    record Asking(Process process) implements AutoCloseable {

        /** The times since the last call, or the start. */
        Latency sinceLastTime() throws IOException {
            var out = process.getOutputStream();
            out.write('\n');
            out.flush();
            return Latency.of(read());
        }

        Latency during(int seconds) throws IOException, InterruptedException {
            TimeUnit.SECONDS.sleep(seconds);
            return sinceLastTime();
        }

        private String read() throws IOException {
            var line = process.inputReader().readLine();
            if (line == null) {
                throw new IOException("the prober has failed");
            }
            return line;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** Returns once it is warm. */
    Asking start() throws IOException {
        var asking = new Asking(new ProcessBuilder(
                        ChildProcess.JAVA,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Prober.class.getName(),
                        target.toString(),
                        identity,
                        Integer.toString(rate))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        asking.read();
        return asking;
    }

    /** The process: prints when it is warm, and for each line of input the times since the last one. */
    public static void main(String[] arguments) throws IOException {
        var asked = new Semaphore(0);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    asked.release();
                }
            } catch (IOException nobodyAsksAnyMore) {
                // The harness ends the process.
            }
        });
        var prober = new Prober(URI.create(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        prober.ask(millis -> millis.size() == WARM_UP_SECONDS * prober.rate);
        System.out.println("warm");
        while (true) {
            var millis = prober.ask(so -> asked.tryAcquire());
            System.out.println(percentile(millis, 0.5) + " " + percentile(millis, 0.99));
        }
    }

    private List<Double> ask(Predicate<List<Double>> end) throws IOException {
        List<Double> millis = new ArrayList<>();
        long due = System.nanoTime();
        do {
            for (long wait; (wait = due - System.nanoTime()) > 0; ) {
                LockSupport.parkNanos(wait);
            }
            Transfer.call(target, "GET", Map.of("x-rh-identity", identity));
            millis.add((System.nanoTime() - due) / 1e6);
            due += TimeUnit.SECONDS.toNanos(1) / rate;
        } while (!end.test(millis));
        return millis;
    }

    static double percentile(List<Double> values, double share) {
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
}
