package com.redhat.cloud.exports.platform.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Reports a dependency that the service is running without. The health component is {@code UP} or {@code DEGRADED}, the latter
 * with {@code since} (RFC 3339) and {@code reason}; the metric {@code export_service_degraded{component}} is 0 or 1.
 * Readiness does not depend on it.
 */
public abstract class DegradedIndicator implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private record Degradation(Instant since, String reason) {}

    private final AtomicReference<@Nullable Degradation> degradation = new AtomicReference<>();

    protected DegradedIndicator(String component, MeterRegistry registry) {
        Gauge.builder("export_service_degraded", this, indicator -> indicator.isDegraded() ? 1 : 0)
                .description("Whether a dependency is unavailable")
                .tag("component", component)
                .register(registry);
    }

    /**
     * Marks the component as degraded. If it already is, the reason is replaced and the start is kept.
     *
     * @param reason for the operator; never a secret
     * @return whether it was up before
     */
    public final boolean degrade(String reason) {
        return degradation.getAndUpdate(
                        current -> new Degradation(current == null ? Instant.now() : current.since(), reason))
                == null;
    }

    /**
     * Marks the component as up.
     *
     * @return whether it was degraded before
     */
    public final boolean recover() {
        return isDegraded() && degradation.getAndSet(null) != null;
    }

    public final boolean isDegraded() {
        return degradation.get() != null;
    }

    @Override
    public final Health health() {
        Degradation current = degradation.get();
        if (current == null) {
            return Health.up().build();
        }
        return Health.status(DEGRADED)
                .withDetail("since", current.since().toString())
                .withDetail("reason", current.reason())
                .build();
    }
}
