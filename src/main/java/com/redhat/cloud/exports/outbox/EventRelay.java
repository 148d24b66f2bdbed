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
 * Takes events from the outbox to the route {@code announce-requests}, at least once: claimed rows are deleted after
 * Kafka has acknowledged all of them, and are anybody's again when their lease runs out. Every replica relays; each
 * takes other rows.
 *
 * <p>It runs while the routes do: from the application's start until the Camel context stops.
 */
@Component
public class EventRelay extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);
    private static final String ROUTE = "direct:announceRequests";
    private static final int BATCH = 500;

    /** Kafka takes records of up to 1 MiB; of events no larger than this together each is below that. */
    private static final int BATCH_BYTES = 900_000;

    /** Longer than a batch can take, by the time-outs of the route. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Rows that another replica left behind, or whose wake-up was lost in a crash, are found this late at most. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** Longer than a try and the pause after it: what waits is not left alone for that long. */
    private static final Duration OUTAGE_WITHOUT_A_TRY = Duration.ofSeconds(90);

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

    /** Says that there is something in the outbox. Cheap; called after every commit that writes to it. */
    public void wake() {
        wakeUps.release();
    }

    /**
     * Not left to Camel's own discovery of lifecycle strategies: that happens while the beans are being made, and misses
     * one that is not there yet.
     */
    @EventListener(ApplicationStartedEvent.class)
    void start() {
        routes.getCamelContext().addLifecycleStrategy(this);
        thread = Thread.ofPlatform().name("event-relay").start(this::run);
    }

    /** Comes before the routes are stopped: the batch on its way is finished. */
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
        Duration pause = LOOK_AGAIN;
        // Until one event has come through nothing else is tried: a batch of which Kafka took a part would be sent
        // again.
        int limit = 1;
        while (isRunning()) {
            try {
                if (relay(limit)) {
                    limit = BATCH;
                } else {
                    forgetOutage();
                    awaitWakeUp();
                }
                pause = LOOK_AGAIN;
            } catch (RuntimeException e) {
                LOG.warn("request events wait for Kafka or the database: {}", rootMessage(e));
                limit = 1;
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private boolean isRunning() {
        return stop.getCount() > 0;
    }

    /** What waited for Kafka may have been deleted: then nothing is sent that could show that Kafka is back. */
    private void forgetOutage() {
        if (System.nanoTime() - lastFailure > OUTAGE_WITHOUT_A_TRY.toNanos()) {
            health.recover();
        }
    }

    private void awaitWakeUp() {
        try {
            if (wakeUps.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    /** Not ended by a wake-up: new events are no reason to think that Kafka takes them now. */
    private void pause(Duration pause) {
        try {
            if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("stopped while waiting for Kafka or the database");
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    /** @return whether there was anything to do */
    private boolean relay(int limit) {
        List<Outbox.Entry> entries = outbox.claim(limit, BATCH_BYTES, LEASE);
        try {
            deliver(entries);
        } catch (RuntimeException e) {
            outbox.release(entries);
            throw e;
        }
        return !entries.isEmpty();
    }

    /** Sends the entries together; when Kafka refuses that, one by one, to find the one that is to blame. */
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
                setAside(entries.getFirst(), e);
            } else {
                entries.forEach(entry -> deliver(List.of(entry)));
            }
            return;
        }
        outbox.acknowledge(entries);
    }

    /** The source is told first: a crash in between means to be told again, which does no harm. */
    private void setAside(Outbox.Entry entry, CamelExecutionException refusal) {
        LOG.error("Kafka refuses the request event of source {}: {}", entry.sourceId(), rootMessage(refusal));
        String reason = NestedExceptionUtils.getMostSpecificCause(refusal) instanceof InvalidRecordException
                ? "it is not valid"
                : "it is too large";
        listeners.publishEvent(
                new RequestRefused(entry.sourceId(), "the request could not be sent to the application: " + reason));
        outbox.refuse(entry, rootMessage(refusal));
    }

    /** Returns after the acknowledgement of all. Each message is a clean one: its headers become Kafka's. */
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
            metrics.refused(entries.size());
            if (!isRefusal(e)) {
                lastFailure = System.nanoTime();
                health.degrade(rootMessage(e));
            }
            throw e;
        }
        health.recover();
        metrics.acknowledged(entries.size(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** Whether it is the record that Kafka does not take; anything else may pass. */
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
