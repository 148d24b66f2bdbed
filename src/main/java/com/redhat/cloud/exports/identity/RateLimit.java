package com.redhat.cloud.exports.identity;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.RateLimitProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.camel.Variable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Limits the requests of each organisation to {@code RATE_LIMIT_RATE} a second after a burst of {@code RATE_LIMIT_BURST},
 * per replica. Refusals are limited likewise: further ones take about a second, which slows down each connection of a
 * client that ignores them.
 */
@Component("rateLimit")
class RateLimit {

    private static final Duration DELAY = Duration.ofSeconds(1);

    /** Clients that were refused together should not retry together. */
    private static final double SPREAD = 0.5;

    /** Delayed refusals may hold one connection in four. */
    private static final int SHARE_OF_CONNECTIONS = 4;

    /** Above this number, full buckets are discarded; their organisations get a full one again. */
    private static final int MAX_ORGANISATIONS = 10_000;

    private final boolean unlimited;
    private final Buckets requests;
    private final Buckets promptRefusals;
    private final Consumer<Duration> pause;
    private final Semaphore delayed;

    @Autowired
    RateLimit(ExportProperties properties) {
        this(
                properties.rateLimit(),
                properties.traffic().maxConnections() / SHARE_OF_CONNECTIONS,
                System::nanoTime,
                RateLimit::pauseForAbout);
    }

    /**
     * Creates a limit with a clock of its own.
     *
     * @param maxDelayed concurrently delayed refusals
     * @param clock in nanoseconds since any origin
     * @param pause blocks the thread
     */
    RateLimit(RateLimitProperties settings, int maxDelayed, LongSupplier clock, Consumer<Duration> pause) {
        this.unlimited = settings.rate() == 0;
        this.requests = new Buckets(settings, clock);
        this.promptRefusals = new Buckets(settings, clock);
        this.pause = pause;
        this.delayed = new Semaphore(maxDelayed);
    }

    private static void pauseForAbout(Duration pause) {
        double factor = ThreadLocalRandom.current().nextDouble(1 - SPREAD, 1 + SPREAD);
        LockSupport.parkNanos((long) (factor * pause.toNanos()));
    }

    /** @throws ServiceException if the tenant's organisation has to wait */
    void require(@Variable("tenant") Tenant tenant) {
        if (unlimited) {
            return;
        }
        Duration wait = requests.take(tenant.orgId());
        if (wait.isZero()) {
            return;
        }
        if (!promptRefusals.take(tenant.orgId()).isZero() && delayed.tryAcquire()) {
            try {
                pause.accept(DELAY);
            } finally {
                delayed.release();
            }
        }
        throw ServiceException.tooMany("too many requests", Duration.ofSeconds(Math.max(1, wait.toSeconds())));
    }

    /** A token bucket for each organisation. */
    private static final class Buckets {

        private final ConcurrentMap<String, Bucket> byOrganisation = new ConcurrentHashMap<>();
        private final long capacity;
        private final long rate;
        private final TimeMeter time;

        Buckets(RateLimitProperties settings, LongSupplier clock) {
            this.capacity = Math.max(settings.burst(), 1);
            this.rate = settings.rate();
            this.time = new Stopwatch(clock, clock.getAsLong());
        }

        /** Takes a token, or returns the time until the next one. */
        Duration take(String organisation) {
            if (byOrganisation.size() > MAX_ORGANISATIONS) {
                byOrganisation.keySet().forEach(this::forgetIfFull);
            }
            var probe = new AtomicReference<ConsumptionProbe>();
            byOrganisation.compute(organisation, (_, known) -> {
                Bucket bucket = known == null ? fullBucket() : known;
                probe.set(bucket.tryConsumeAndReturnRemaining(1));
                return bucket;
            });
            return Duration.ofNanos(probe.get().getNanosToWaitForRefill());
        }

        private void forgetIfFull(String organisation) {
            byOrganisation.computeIfPresent(
                    organisation, (_, bucket) -> bucket.getAvailableTokens() < capacity ? bucket : null);
        }

        private Bucket fullBucket() {
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(capacity).refillGreedy(rate, Duration.ofSeconds(1)))
                    .withCustomTimePrecision(time)
                    .build();
        }
    }

    /** Counts from its own start, because a bucket stops where the clock's number overflows. */
    private record Stopwatch(LongSupplier clock, long start) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return clock.getAsLong() - start;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
