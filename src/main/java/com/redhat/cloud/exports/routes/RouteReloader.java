package com.redhat.cloud.exports.routes;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.springframework.stereotype.Component;

/**
 * Watches the route files and has changes taken in. It reads them again and again and compares: file events do not come
 * from every kind of mount, and where Kubernetes updates a ConfigMap no file changes but a link above them.
 */
@Component
class RouteReloader {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReloader.class);

    /** A change is taken in when it looks the same twice, so that no half-written file is judged. */
    private static final Duration PERIOD = Duration.ofMillis(400);

    private final Path directory;
    private final RouteFolder folder;
    private final boolean watches;
    private final CamelContext camel;
    private final ListableBeanFactory beans;
    private final Environment environment;
    private final ReloadMetrics metrics;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** What Camel is about to load: beans are made before routes are. */
    private final Map<String, RouteFile> atStart;

    RouteReloader(
            ExportProperties properties,
            CamelContext camel,
            ListableBeanFactory beans,
            Environment environment,
            ReloadMetrics metrics) {
        this.directory = Path.of(properties.routes().directory());
        this.folder = new RouteFolder(directory);
        this.watches = properties.routes().reload() && Files.isDirectory(directory);
        this.camel = camel;
        this.beans = beans;
        this.environment = environment;
        this.metrics = metrics;
        try {
            this.atStart = watches ? folder.read() : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the routes in " + directory + " cannot be read", e);
        }
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        if (watches && thread == null) {
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
        // Not made for a service whose files never change.
        RouteChanges changes = null;
        var live = new LiveRoutes(camel, atStart);
        Map<String, RouteFile> seen = atStart;
        Map<String, RouteFile> judged = atStart;
        long begin = System.nanoTime();
        while (!waitedSince(begin)) {
            begin = System.nanoTime();
            try {
                // A folder that is gone as a whole is no wish to be without routes.
                Map<String, RouteFile> now = Files.isDirectory(directory) ? folder.read() : judged;
                if (changes == null && !now.equals(judged)) {
                    changes = new RouteChanges(
                            new RouteCheck(ServiceSurroundings.running(beans, environment), camel),
                            live,
                            metrics,
                            atStart);
                }
                if (changes != null && now.equals(seen) && !now.equals(judged)) {
                    judged = now;
                    changes.take(now);
                }
                seen = now;
                live.removeIdle();
            } catch (Exception e) {
                // A file that goes away while it is read is looked for again in a moment.
                LOG.warn("the routes in {} cannot be looked at: {}", directory, e.toString());
            }
        }
    }

    /** @return whether the service ends */
    private boolean waitedSince(long begin) {
        try {
            return stop.await(begin + PERIOD.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
