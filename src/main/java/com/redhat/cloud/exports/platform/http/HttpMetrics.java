package com.redhat.cloud.exports.platform.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/** Request metrics of the former service's dashboards (contract section 8), for both ports together. */
@Component
class HttpMetrics {

    /** Others share a label: clients can make up methods, and each would add a time series. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");

    /** The buckets of the former service. */
    private static final Duration[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final ConcurrentMap<Key, Counter> requests = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Timer> times = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> internalRequests = new ConcurrentHashMap<>();

    HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Key(String method, int status) {}

    void served(String method, int status, long nanoseconds) {
        String label = METHODS.contains(method) ? method : "OTHER";
        requests.computeIfAbsent(new Key(label, status), this::requestCounter).increment();
        times.computeIfAbsent(label, this::timer).record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    /** @param base the base path that was used, the alias or not */
    void servedInternally(String base) {
        internalRequests.computeIfAbsent(base, this::internalCounter).increment();
    }

    private Counter requestCounter(Key key) {
        return Counter.builder("export_service_http_requests")
                .description("HTTP requests by status and method")
                .tag("code", Integer.toString(key.status()))
                .tag("method", key.method())
                .register(registry);
    }

    private Timer timer(String method) {
        return Timer.builder("export_service_http_response_time")
                .description("Duration of HTTP requests")
                .tag("method", method)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter internalCounter(String base) {
        return Counter.builder("export_service_internal_api_requests")
                .description("Requests of the internal API by base path")
                .tag("base_path", base)
                .register(registry);
    }
}
