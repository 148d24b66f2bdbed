package com.redhat.cloud.exports.hooks;

import com.redhat.cloud.exports.platform.health.OutOfMemoryExit;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Relays calls from the database to the routes of hooks, at least once: a call is deleted when its route has run, and may
 * be claimed again when its lease expires. Every replica relays.
 *
 * <p>Its threads are its own, and each extension has a fixed number of slots, so that a hanging one delays no other.
 */
@Component
class HookRelay extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(HookRelay.class);

    /** Concurrent calls of one extension on one replica. */
    private static final int SLOTS = 4;

    /** Finds retries, calls of other replicas and new routes. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final HookRoutes routes;
    private final HookCalls calls;
    private final HookCaller caller;
    private final CamelContext camel;
    private final Map<String, Semaphore> slots = new ConcurrentHashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor rounds = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("hook-relay").daemon().factory(),
            // A wake-up during the shutdown is ignored.
            new ThreadPoolExecutor.DiscardPolicy());

    private final ExecutorService callers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("hook-", 0).factory());

    private volatile Set<String> subscribed = Set.of();
    private boolean databaseDown;

    HookRelay(HookRoutes routes, HookCalls calls, HookCaller caller, @Lazy CamelContext camel) {
        this.routes = routes;
        this.calls = calls;
        this.caller = caller;
        this.camel = camel;
    }

    /** Whether some replica had a route for it a second ago. */
    boolean isSubscribed(Hook hook) {
        return subscribed.contains(hook.wireName());
    }

    /** Signals that there are new calls. Cheap. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            rounds.execute(this::round);
        }
    }

    /** Completes the first round before the service is ready. */
    @EventListener(ApplicationStartedEvent.class)
    void start() {
        camel.addLifecycleStrategy(this);
        round();
        rounds.scheduleWithFixedDelay(
                this::round, POLL_INTERVAL.toMillis(), POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs before the routes stop, and gives running calls a few seconds to finish. */
    @Override
    public void onContextStopping(CamelContext context) {
        rounds.shutdownNow();
        callers.shutdown();
        try {
            if (!callers.awaitTermination(10, TimeUnit.SECONDS)) {
                callers.shutdownNow();
                LOG.warn("interrupting running hook calls; they will be called again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        woken.set(false);
        try {
            Set<HookRoutes.HookRoute> running = routes.running();
            subscribed = calls.subscribe(running);
            running.stream()
                    .collect(Collectors.groupingBy(
                            HookRoutes.HookRoute::extension,
                            Collectors.mapping(HookRoutes.HookRoute::hook, Collectors.toSet())))
                    .forEach(this::callNext);
            caller.interruptOverdue();
            databaseDown = false;
        } catch (RuntimeException e) {
            if (!databaseDown) {
                LOG.warn("hook calls wait for the database: {}", e.getMessage());
            }
            databaseDown = true;
        } catch (OutOfMemoryError e) {
            // The executor would swallow it and run no further round.
            OutOfMemoryExit.exitIfCausedBy(e);
        }
    }

    private void callNext(String extension, Set<String> hooks) {
        Semaphore free = slots.computeIfAbsent(extension, _ -> new Semaphore(SLOTS));
        int limit = free.availablePermits();
        if (limit == 0) {
            return;
        }
        for (HookCall call : calls.claim(extension, hooks, limit, caller.lease())) {
            free.acquireUninterruptibly();
            callers.execute(() -> {
                try {
                    caller.run(call);
                } finally {
                    free.release();
                    wake();
                }
            });
        }
    }
}
