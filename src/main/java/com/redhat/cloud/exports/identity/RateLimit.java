package com.redhat.cloud.exports.identity;

import com.redhat.cloud.exports.config.ExportProperties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.Variable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How often an organisation may ask: {@code RATE_LIMIT_RATE} requests a second and {@code RATE_LIMIT_BURST} at once, per
 * replica. One organisation's flood costs the others nothing. The generic cell rate algorithm: one number a tenant, the
 * time at which its bucket is full again.
 */
@Component("rateLimit")
public class RateLimit {

    /** Above this many tenants those whose bucket is full are forgotten; they come back with a full one. */
    private static final int TENANTS_REMEMBERED = 10_000;

    private final long interval;
    private final long burst;
    private final LongSupplier clock;
    private final ConcurrentMap<String, Long> fullAgainAt = new ConcurrentHashMap<>();

    @Autowired
    RateLimit(ExportProperties properties) {
        this(properties.rateLimit(), System::nanoTime);
    }

    /** @param clock in nanoseconds, from any start */
    RateLimit(ExportProperties.RateLimit settings, LongSupplier clock) {
        this.interval = settings.rate() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / settings.rate();
        this.burst = interval * Math.max(settings.burst(), 1);
        this.clock = clock;
    }

    /** @throws RateLimitedException when the tenant's organisation has to wait */
    void require(@Variable("tenant") Tenant tenant) {
        if (interval == 0) {
            return;
        }
        long now = clock.getAsLong();
        if (fullAgainAt.size() > TENANTS_REMEMBERED) {
            fullAgainAt.values().removeIf(time -> time - now <= 0);
        }
        fullAgainAt.compute(tenant.orgId(), (orgId, time) -> {
            long full = time == null || time - now < 0 ? now : time;
            long wait = full + interval - burst - now;
            if (wait > 0) {
                throw new RateLimitedException((int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait)));
            }
            return full + interval;
        });
    }
}
