package com.redhat.cloud.exports.routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * Watches the route files and applies changes. It polls: not every kind of mount sends file events, and an update of a
 * ConfigMap changes no file, only a link above them.
 */
class RouteReloader {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReloader.class);

    /** A change is applied once two polls in a row see the same files, so that no half-written file is checked. */
    private static final Duration PERIOD = Duration.ofMillis(400);

    private final Path directory;
    private final RouteFolder folder;
    private final boolean enabled;
    private final CamelContext camel;
    private final ListableBeanFactory beans;
    private final Environment environment;
    private final ReloadMetrics metrics;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** What Camel loads at the start. */
    private final Map<String, RouteFile> atStart;

    RouteReloader(
            RouteSettings settings,
            Map<String, RouteFile> atStart,
            CamelContext camel,
            ListableBeanFactory beans,
            Environment environment,
            ReloadMetrics metrics) {
        this.directory = Path.of(settings.directory());
        this.folder = new RouteFolder(directory);
        this.enabled = settings.reload() && Files.isDirectory(directory);
        this.camel = camel;
        this.beans = beans;
        this.environment = environment;
        this.metrics = metrics;
        this.atStart = atStart;
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        if (enabled && thread == null) {
            thread = Thread.ofPlatform().name("route-files").daemon().start(this::run);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void end() throws InterruptedException {
        stop.countDown();
        if (thread != null) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        // Made with the first change: most services never see one.
        RouteChanges changes = null;
        var live = new LiveRoutes(camel, atStart);
        Map<String, RouteFile> seen = atStart;
        Map<String, RouteFile> judged = atStart;
        long begin = System.nanoTime();
        while (!stopsBeforeNextPoll(begin)) {
            begin = System.nanoTime();
            try {
                // A missing folder does not mean that all routes are to go.
                Map<String, RouteFile> now = Files.isDirectory(directory) ? folder.read() : judged;
                if (changes == null && !now.equals(judged)) {
                    changes = new RouteChanges(
                            new RouteCheck(SpringSurroundings.running(beans, environment), camel),
                            live,
                            metrics,
                            atStart);
                }
                if (changes != null && now.equals(seen) && !now.equals(judged)) {
                    judged = now;
                    changes.apply(now);
                }
                seen = now;
                live.removeIdle();
            } catch (Exception e) {
                // A file may vanish while it is read; the next poll reads again.
                LOG.warn("cannot read the routes in {}: {}", directory, e.toString());
            }
        }
    }

    private boolean stopsBeforeNextPoll(long begin) {
        try {
            return stop.await(begin + PERIOD.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
