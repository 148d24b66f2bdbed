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
 * Takes calls of hooks from the database to the routes that implement them, at least once: a call is anybody's again when
 * its lease runs out, and gone when its route has run. Every replica relays; each takes other calls.
 *
 * <p>It shares no thread with anything else. An extension has as many calls under way as it has slots, so that one that
 * hangs keeps no other from its calls.
 */
@Component
class HookRelay extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(HookRelay.class);

    /** Calls of one extension at the same time, on one replica. */
    private static final int SLOTS = 4;

    /** Calls that were due later, or whose wake-up was lost, are found this late at most; and so are new routes. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final HookRoutes routes;
    private final HookCalls calls;
    private final HookCaller caller;
    private final CamelContext camel;
    private final Map<String, Semaphore> slots = new ConcurrentHashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor rounds = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("hook-relay").daemon().factory(),
            // Whoever wakes it while it ends is not troubled.
            new ThreadPoolExecutor.DiscardPolicy());

    private final ExecutorService callers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("hook-", 0).factory());

    private volatile Set<String> wanted = Set.of();
    private boolean databaseIsAway;

    HookRelay(HookRoutes routes, HookCalls calls, HookCaller caller, @Lazy CamelContext camel) {
        this.routes = routes;
        this.calls = calls;
        this.caller = caller;
        this.camel = camel;
    }

    /** Whether some replica has a route for it, as of a second ago. */
    boolean isWanted(Hook hook) {
        return !wanted.isEmpty() && wanted.contains(hook.wireName());
    }

    /** Says that there are calls to be made. Cheap. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            rounds.execute(this::round);
        }
    }

    /** The first round is over before the service says that it is ready. */
    @EventListener(ApplicationStartedEvent.class)
    void start() {
        camel.addLifecycleStrategy(this);
        round();
        rounds.scheduleWithFixedDelay(this::round, LOOK_AGAIN.toMillis(), LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Comes before the routes are stopped: calls under way are finished if that does not take long. */
    @Override
    public void onContextStopping(CamelContext context) {
        rounds.shutdownNow();
        callers.shutdown();
        try {
            if (!callers.awaitTermination(10, TimeUnit.SECONDS)) {
                callers.shutdownNow();
                LOG.warn("calls of hooks that are under way are broken off; they are made again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        woken.set(false);
        try {
            Set<HookRoutes.HookRoute> running = routes.running();
            wanted = calls.want(running);
            running.stream()
                    .collect(Collectors.groupingBy(
                            HookRoutes.HookRoute::extension,
                            Collectors.mapping(HookRoutes.HookRoute::hook, Collectors.toSet())))
                    .forEach(this::callNext);
            caller.interruptOverdue();
            databaseIsAway = false;
        } catch (RuntimeException e) {
            if (!databaseIsAway) {
                LOG.warn("calls of hooks wait for the database: {}", e.getMessage());
            }
            databaseIsAway = true;
        } catch (OutOfMemoryError e) {
            // The executor would keep it to itself, and make no more rounds.
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
                    caller.make(call);
                } finally {
                    free.release();
                    wake();
                }
            });
        }
    }
}
