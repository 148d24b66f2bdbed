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
 * Whether something is away that the service can do without for a while. A health component {@code UP} or
 * {@code DEGRADED}, the latter with {@code since} (RFC 3339) and {@code reason}, and the metric
 * {@code export_service_degraded{component}}, 0 or 1. It does not make the service less ready.
 */
public abstract class DegradedIndicator implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private record Present(Instant since, String reason) {}

    private final AtomicReference<@Nullable Present> present = new AtomicReference<>();

    protected DegradedIndicator(String component, MeterRegistry registry) {
        Gauge.builder("export_service_degraded", present, outage -> outage.get() == null ? 0 : 1)
                .description("Whether the service does without something that it should have")
                .tag("component", component)
                .register(registry);
    }

    /**
     * @param reason for the operator; never a secret
     * @return whether it begins with this
     */
    public final boolean degrade(String reason) {
        return present.getAndUpdate(now -> new Present(now == null ? Instant.now() : now.since(), reason)) == null;
    }

    /** @return whether there was one */
    public final boolean recover() {
        return present.get() != null && present.getAndSet(null) != null;
    }

    @Override
    public final Health health() {
        Present outage = present.get();
        if (outage == null) {
            return Health.up().build();
        }
        return Health.status(DEGRADED)
                .withDetail("since", outage.since().toString())
                .withDetail("reason", outage.reason())
                .build();
    }
}
