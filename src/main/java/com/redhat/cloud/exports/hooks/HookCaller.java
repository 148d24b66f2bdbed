package com.redhat.cloud.exports.hooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.HooksProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** Calls the route of a hook and records the outcome: done, to be retried or given up. */
@Component
class HookCaller {

    private static final Logger LOG = LoggerFactory.getLogger(HookCaller.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final Duration MAX_PAUSE = Duration.ofHours(1);

    /** Time from the interrupt of an overdue call to the end of its lease. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final HookCalls calls;
    private final HookMetrics metrics;
    private final HooksProperties settings;
    private final ProducerTemplate routes;
    private final Map<Thread, Instant> deadlines = new ConcurrentHashMap<>();

    HookCaller(HookCalls calls, HookMetrics metrics, ExportProperties properties, @Lazy CamelContext camel) {
        this.calls = calls;
        this.metrics = metrics;
        this.settings = properties.hooks();
        this.routes = camel.createProducerTemplate();
    }

    /** Returns a lease that outlasts the call. */
    Duration lease() {
        return settings.timeout().plus(MARGIN);
    }

    /** Calls the route on this thread. Never throws. */
    void run(HookCall call) {
        long start = System.nanoTime();
        Throwable failure = call(call);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        try {
            if (failure == null) {
                calls.delete(call);
                metrics.called(call, "done", time);
            } else if (call.attempt() >= settings.attempts()) {
                LOG.error("giving up {}, attempt {}: {}", name(call), call.attempt(), text(failure));
                calls.giveUp(call, text(failure));
                metrics.called(call, "given_up", time);
            } else {
                Duration pause = pauseAfter(call.attempt());
                LOG.warn(
                        "{}, attempt {}, failed; next attempt in {} s: {}",
                        name(call),
                        call.attempt(),
                        pause.toMillis() / 1000.0,
                        text(failure));
                calls.retry(call, pause);
                metrics.called(call, "failed", time);
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "cannot record the outcome of {}; it is called again when its lease expires: {}",
                    name(call),
                    text(e));
        }
    }

    /** Returns why the call failed, or null. */
    private @Nullable Throwable call(HookCall call) {
        if (call.attempt() > settings.attempts()) {
            return new IllegalStateException("the service ended during the last attempt");
        }
        deadlines.put(Thread.currentThread(), Instant.now().plus(settings.timeout()));
        try {
            Map<String, Object> body = JSON.readValue(call.body(), OBJECT);
            return routes.send(call.uri(), exchange -> fill(exchange, call, body))
                    .getException();
        } catch (JsonProcessingException | RuntimeException e) {
            return e;
        } finally {
            deadlines.remove(Thread.currentThread());
            // Clear an interrupt that came too late.
            Thread.interrupted();
        }
    }

    /** Sets no headers, as components would send them on. */
    private static void fill(Exchange exchange, HookCall call, Map<String, Object> body) {
        exchange.getMessage().setBody(body);
        exchange.setVariable("callId", call.callId().toString());
        exchange.setVariable("hook", call.hook());
        exchange.setVariable("exportId", call.exportId().toString());
        exchange.setVariable("happenedAt", body.get("happened_at"));
        exchange.setVariable("attempt", call.attempt());
    }

    /** Interrupts calls that exceed their time limit; to be called regularly. */
    void interruptOverdue() {
        Instant now = Instant.now();
        deadlines.forEach((thread, deadline) -> {
            if (deadline.isBefore(now) && deadlines.remove(thread, deadline)) {
                thread.interrupt();
            }
        });
    }

    private Duration pauseAfter(int attempt) {
        Duration pause = settings.retryAfter().multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    private static String name(HookCall call) {
        return "%s of export %s".formatted(call.uri(), call.exportId());
    }

    private static String text(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
