package com.redhat.cloud.exports.routes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts changes of route files. {@code export_service_route_files_refused} above 0 means that the service does not run
 * what its folder says, and would not start with it.
 */
final class ReloadMetrics {

    private final AtomicInteger refused = new AtomicInteger();
    private final Counter applied;
    private final Counter refusals;

    ReloadMetrics(MeterRegistry registry) {
        Gauge.builder("export_service_route_files_refused", refused, AtomicInteger::get)
                .description("Route files whose last change was refused; the version before it runs")
                .register(registry);
        this.applied = counter(registry, "applied");
        this.refusals = counter(registry, "refused");
    }

    void record(int appliedFiles, int refusedFiles) {
        applied.increment(appliedFiles);
        refusals.increment(refusedFiles);
        refused.set(refusedFiles);
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("export_service_route_file_changes")
                .description("Changes of route files while the service runs")
                .tag("outcome", outcome)
                .register(registry);
    }
}
