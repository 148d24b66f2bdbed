package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One user who asks so many times a second, whatever else goes on.
 *
 * @param rate a second
 */
record Prober(URI target, Map<String, String> headers, int rate) {

    /** Milliseconds from when the request was due, so that a late answer counts for those that wait behind it. */
    record Latency(double p50, double p99) {}

    double p99Until(BooleanSupplier done) throws IOException {
        return until(done).p99();
    }

    Latency until(BooleanSupplier done) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (long due = System.nanoTime();
                !done.getAsBoolean() || millis.size() < 100;
                due += TimeUnit.SECONDS.toNanos(1) / rate) {
            for (long wait; (wait = due - System.nanoTime()) > 0; ) {
                LockSupport.parkNanos(wait);
            }
            Transfer.call(target, "GET", headers);
            millis.add((System.nanoTime() - due) / 1e6);
        }
        return new Latency(percentile(millis, 0.5), percentile(millis, 0.99));
    }

    double p99For(int seconds) throws IOException {
        return during(seconds).p99();
    }

    Latency during(int seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        return until(() -> System.nanoTime() > end);
    }

    static double percentile(List<Double> values, double share) {
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
}
