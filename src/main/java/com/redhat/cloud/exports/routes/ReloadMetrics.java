package com.redhat.cloud.exports.routes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * How changes of route files went. {@code export_service_route_files_refused} above 0 means that the service does not run
 * what its folder says, and would not start with it.
 */
@Component
class ReloadMetrics {

    private final AtomicInteger refused = new AtomicInteger();
    private final Counter taken;
    private final Counter refusals;

    ReloadMetrics(MeterRegistry registry) {
        Gauge.builder("export_service_route_files_refused", refused, AtomicInteger::get)
                .description("Route files whose last change was not taken in; the version before it runs")
                .register(registry);
        this.taken = counter(registry, "taken");
        this.refusals = counter(registry, "refused");
    }

    void judged(int takenFiles, int refusedFiles) {
        taken.increment(takenFiles);
        refusals.increment(refusedFiles);
        refused.set(refusedFiles);
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("export_service_route_file_changes")
                .description("Changes of route files while the service ran")
                .tag("outcome", outcome)
                .register(registry);
    }
}
