package com.redhat.cloud.exports.outbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Relays events from the outbox to the route {@code announce-requests}, at least once: claimed rows are deleted when Kafka
 * has acknowledged all of them, and may be claimed again when their lease expires. Every replica relays.
 *
 * <p>Runs while the routes do: from the application's start until the Camel context stops.
 */
@Component
public class EventRelay extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);
    private static final String ROUTE = "direct:announceRequests";
    private static final int MAX_BATCH = 500;

    /** Below the 1 MiB that Kafka accepts per record, so that a batch of several events has none that is too large. */
    private static final int MAX_BATCH_BYTES = 900_000;

    /** Longer than a batch can take, given the time-outs of the route. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Finds rows of a replica that crashed. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

    /** Longer than an attempt and the pause after it: while events wait, attempts are never further apart. */
    private static final Duration OUTAGE_WITHOUT_ATTEMPT = Duration.ofSeconds(90);

    private final Outbox outbox;
    private final ApplicationEventPublisher listeners;
    private final ProducerTemplate routes;
    private final RelayMetrics metrics;
    private final KafkaHealth health;
    private final Semaphore wakeUps = new Semaphore(0);
    private @Nullable Thread thread;
    private long lastFailure = System.nanoTime();
    private final CountDownLatch stop = new CountDownLatch(1);

    EventRelay(
            Outbox outbox,
            ApplicationEventPublisher listeners,
            RelayMetrics metrics,
            KafkaHealth health,
            @Lazy CamelContext camel) {
        this.outbox = outbox;
        this.listeners = listeners;
        this.metrics = metrics;
        this.health = health;
        this.routes = camel.createProducerTemplate();
    }

    /** Signals that the outbox has new events. Cheap; called after every commit that writes to it. */
    public void wake() {
        wakeUps.release();
    }

    /**
     * Registers itself: Camel looks for lifecycle strategies while beans are still being created, and misses later ones.
     */
    @EventListener(ApplicationStartedEvent.class)
    void start() {
        routes.getCamelContext().addLifecycleStrategy(this);
        thread = Thread.ofPlatform().name("event-relay").start(this::run);
    }

    /** Runs before the routes stop, and waits for the running batch. */
    @Override
    public void onContextStopping(CamelContext context) {
        if (thread == null) {
            return;
        }
        stop.countDown();
        wake();
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = POLL_INTERVAL;
        // After a failure, one event at a time until one gets through: a batch that Kafka accepts in part is repeated
        // as
        // a whole.
        int limit = 1;
        while (isRunning()) {
            try {
                if (relay(limit)) {
                    limit = MAX_BATCH;
                } else {
                    forgetOutage();
                    awaitWakeUp();
                }
                pause = POLL_INTERVAL;
            } catch (RuntimeException e) {
                LOG.warn("request events wait for Kafka or the database: {}", rootMessage(e));
                limit = 1;
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
            }
        }
    }

    private boolean isRunning() {
        return stop.getCount() > 0;
    }

    /** Ends an outage whose events have been deleted: nothing is sent then that could show that Kafka is back. */
    private void forgetOutage() {
        if (System.nanoTime() - lastFailure > OUTAGE_WITHOUT_ATTEMPT.toNanos()) {
            health.recover();
        }
    }

    private void awaitWakeUp() {
        try {
            if (wakeUps.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    /** Pauses even if there are new events: they do not mean that Kafka is back. */
    private void pause(Duration pause) {
        try {
            if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("stopped during the pause after a failure");
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    /** Relays a batch; returns false if there is none. */
    private boolean relay(int limit) {
        List<Outbox.Entry> entries = outbox.claim(limit, MAX_BATCH_BYTES, LEASE);
        try {
            deliver(entries);
        } catch (RuntimeException e) {
            outbox.release(entries);
            throw e;
        }
        return !entries.isEmpty();
    }

    /** Sends the entries together; if Kafka refuses, one by one, to find the one at fault. */
    private void deliver(List<Outbox.Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            send(entries);
        } catch (CamelExecutionException e) {
            if (!isRefusal(e)) {
                throw e;
            }
            if (entries.size() == 1) {
                refuse(entries.getFirst(), e);
            } else {
                entries.forEach(entry -> deliver(List.of(entry)));
            }
            return;
        }
        outbox.acknowledge(entries);
    }

    /** Fails the source first: after a crash in between it fails once more, which does no harm. */
    private void refuse(Outbox.Entry entry, CamelExecutionException refusal) {
        LOG.error("Kafka refuses the request event of source {}: {}", entry.sourceId(), rootMessage(refusal));
        String reason = NestedExceptionUtils.getMostSpecificCause(refusal) instanceof InvalidRecordException
                ? "it is not valid"
                : "it is too large";
        listeners.publishEvent(
                new RequestRefused(entry.sourceId(), "the request could not be sent to the application: " + reason));
        outbox.refuse(entry, rootMessage(refusal));
    }

    /** Sends and waits for all acknowledgements. The headers of these messages become those of the records. */
    private void send(List<Outbox.Entry> entries) {
        CamelContext camel = routes.getCamelContext();
        List<Message> messages = entries.stream()
                .map(entry -> {
                    Message message = new DefaultMessage(camel);
                    message.setHeader("application", entry.application());
                    message.setHeader("x-rh-identity", entry.identity());
                    message.setBody(entry.event());
                    return message;
                })
                .toList();
        long start = System.nanoTime();
        try {
            routes.sendBody(ROUTE, messages);
        } catch (CamelExecutionException e) {
            metrics.failed(entries.size());
            if (!isRefusal(e)) {
                lastFailure = System.nanoTime();
                health.degrade(rootMessage(e));
            }
            throw e;
        }
        health.recover();
        metrics.acknowledged(entries.size(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** Whether Kafka will never accept the record; any other failure may pass. */
    private static boolean isRefusal(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return root instanceof RecordTooLargeException
                || root instanceof RecordBatchTooLargeException
                || root instanceof InvalidRecordException;
    }

    private static String rootMessage(Throwable failure) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
    }
}
