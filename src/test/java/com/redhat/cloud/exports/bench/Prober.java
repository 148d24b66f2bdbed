package com.redhat.cloud.exports.bench;

import com.redhat.cloud.exports.dev.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One user who asks so many times a second, whatever else goes on. It is a process of its own: in this one it would wait
 * for the load that it is asked beside.
 *
 * @param rate a second
 */
record Prober(URI target, String identity, int rate) {

    private static final int WARM_UP_SECONDS = 2;

    /** Milliseconds from when the request was due, so that a late answer counts for those that wait behind it. */
    record Latency(double p50, double p99) {

        private static Latency of(String line) {
            var figures = line.split(" ");
            return new Latency(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
        }
    }

    /** A user who is asking, and whose answers count from now on. */
    record Asking(Process process) implements AutoCloseable {

        Latency end() throws IOException {
            process.getOutputStream().close();
            return Latency.of(read());
        }

        private String read() throws IOException {
            var line = process.inputReader().readLine();
            if (line == null) {
                throw new IOException("the user who asks beside the load has failed");
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

    Latency during(int seconds) throws IOException, InterruptedException {
        try (var asking = start()) {
            TimeUnit.SECONDS.sleep(seconds);
            return asking.end();
        }
    }

    /** The process: says when it is warm, and at the end of its input what it has seen since. */
    public static void main(String[] arguments) throws IOException {
        var end = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                System.in.readAllBytes();
            } catch (IOException alsoTheEnd) {
                // Nobody is there to listen.
            }
            end.countDown();
        });
        var prober = new Prober(URI.create(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        prober.ask(WARM_UP_SECONDS * prober.rate, new CountDownLatch(0));
        System.out.println("warm");
        var millis = prober.ask(0, end);
        System.out.println(percentile(millis, 0.5) + " " + percentile(millis, 0.99));
    }

    private List<Double> ask(int times, CountDownLatch end) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (long due = System.nanoTime();
                end.getCount() > 0 || millis.size() < times;
                due += TimeUnit.SECONDS.toNanos(1) / rate) {
            for (long wait; (wait = due - System.nanoTime()) > 0; ) {
                LockSupport.parkNanos(wait);
            }
            Transfer.call(target, "GET", Map.of("x-rh-identity", identity));
            millis.add((System.nanoTime() - due) / 1e6);
        }
        return millis;
    }

    static double percentile(List<Double> values, double share) {
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
}
