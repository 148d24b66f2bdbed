package com.redhat.cloud.exports.identity;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.camel.Variable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How often an organisation may ask: {@code RATE_LIMIT_RATE} requests a second and {@code RATE_LIMIT_BURST} at once, per
 * replica. One organisation's flood costs the others nothing: as many refusals it gets at once as answers, and all others
 * about a second late, so that clients that heed none ask no faster than that over each of their connections.
 */
@Component("rateLimit")
public class RateLimit {

    private static final Duration LATE = Duration.ofSeconds(1);

    /** Clients that were refused together are not to come back together. */
    private static final double SPREAD = 0.5;

    private static final int PART_OF_CONNECTIONS = 4;

    /** Above this many tenants those whose bucket is full are forgotten; they come back with a full one. */
    private static final int TENANTS_REMEMBERED = 10_000;

    private final long interval;
    private final Buckets answers;
    private final Buckets promptRefusals;
    private final Consumer<Duration> pause;

    /** Those that may wait keep their connections, which others must find free. */
    private final Semaphore late;

    @Autowired
    RateLimit(ExportProperties properties) {
        this(
                properties.rateLimit(),
                properties.traffic().maxConnections() / PART_OF_CONNECTIONS,
                System::nanoTime,
                RateLimit::pauseForAbout);
    }

    /**
     * @param mostLate refusals that come late at a time
     * @param clock in nanoseconds, from any start
     * @param pause lets the thread wait so long
     */
    RateLimit(ExportProperties.RateLimit settings, int mostLate, LongSupplier clock, Consumer<Duration> pause) {
        this.interval = settings.rate() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / settings.rate();
        long burst = interval * Math.max(settings.burst(), 1);
        this.answers = new Buckets(interval, burst, clock);
        this.promptRefusals = new Buckets(interval, burst, clock);
        this.pause = pause;
        this.late = new Semaphore(mostLate);
    }

    private static void pauseForAbout(Duration pause) {
        double factor = ThreadLocalRandom.current().nextDouble(1 - SPREAD, 1 + SPREAD);
        LockSupport.parkNanos((long) (factor * pause.toNanos()));
    }

    /** @throws ServiceException when the tenant's organisation has to wait */
    void require(@Variable("tenant") Tenant tenant) {
        if (interval == 0) {
            return;
        }
        long wait = answers.take(tenant.orgId());
        if (wait == 0) {
            return;
        }
        if (promptRefusals.take(tenant.orgId()) > 0 && late.tryAcquire()) {
            try {
                pause.accept(LATE);
            } finally {
                late.release();
            }
        }
        Duration retryAfter = Duration.ofSeconds(Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait)));
        throw ServiceException.tooMany("too many requests", retryAfter);
    }

    /** The generic cell rate algorithm: one number a tenant, the time at which its bucket is full again. */
    private record Buckets(long interval, long burst, LongSupplier clock, ConcurrentMap<String, Long> fullAgainAt) {

        Buckets(long interval, long burst, LongSupplier clock) {
            this(interval, burst, clock, new ConcurrentHashMap<>());
        }

        /** @return 0 when something was taken, else the nanoseconds until there is something to take */
        long take(String orgId) {
            long now = clock.getAsLong();
            if (fullAgainAt.size() > TENANTS_REMEMBERED) {
                fullAgainAt.values().removeIf(time -> time - now <= 0);
            }
            long[] wait = new long[1];
            fullAgainAt.compute(orgId, (_, time) -> {
                long full = time == null || time - now < 0 ? now : time;
                wait[0] = Math.max(0, full + interval - burst - now);
                return wait[0] > 0 ? time : Long.valueOf(full + interval);
            });
            return wait[0];
        }
    }
}
