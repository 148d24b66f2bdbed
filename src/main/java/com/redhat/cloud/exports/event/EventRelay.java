package com.redhat.cloud.exports.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes events from the outbox to the route {@code announce-requests}, at least once: claimed rows are deleted by the
 * transaction that holds them, after Kafka has acknowledged all of them. Every replica relays; each takes other rows.
 *
 * <p>It runs while the routes do, which is why it follows the Camel context and not the application.
 */
@Component
public class EventRelay extends EventNotifierSupport {

    private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);
    private static final String ROUTE = "direct:announceRequests";
    private static final int BATCH = 500;

    /** Rows that another replica left behind, or whose wake-up was lost in a crash, are found this late at most. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher listeners;
    private final ProducerTemplate routes;
    private final RelayMetrics metrics;
    private final Semaphore wakeUps = new Semaphore(0);
    private @Nullable Thread thread;
    private volatile boolean running;

    EventRelay(
            Outbox outbox,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher listeners,
            RelayMetrics metrics,
            @Lazy CamelContext camel) {
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
        this.listeners = listeners;
        this.metrics = metrics;
        this.routes = camel.createProducerTemplate();
    }

    /** Says that there is something in the outbox. Cheap; called after every commit that writes to it. */
    public void wake() {
        wakeUps.release();
    }

    @Override
    public void notify(CamelEvent event) throws InterruptedException {
        if (event instanceof CamelEvent.CamelContextStartedEvent) {
            running = true;
            thread = Thread.ofPlatform().name("event-relay").start(this::run);
        } else if (event instanceof CamelEvent.CamelContextStoppingEvent && thread != null) {
            running = false;
            wake();
            thread.join(Duration.ofSeconds(30));
        }
    }

    private void run() {
        Duration pause = LOOK_AGAIN;
        while (running) {
            try {
                if (relayBatch() < BATCH) {
                    await(LOOK_AGAIN);
                }
                pause = LOOK_AGAIN;
            } catch (RuntimeException e) {
                LOG.warn("request events wait for Kafka or the database: {}", rootMessage(e));
                await(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void await(Duration atMost) {
        try {
            if (wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    /** Relays one batch; when Kafka refuses it, its events one by one, to find the one that is to blame. */
    private int relayBatch() {
        try {
            return relay(BATCH);
        } catch (CamelExecutionException e) {
            if (!isRefusal(e)) {
                throw e;
            }
        }
        int relayed = 0;
        while (running && relayed < BATCH && relayOneOrSetItAside()) {
            relayed++;
        }
        return relayed;
    }

    private int relay(int limit) {
        Integer relayed = transaction.execute(status -> {
            List<Outbox.Entry> entries = outbox.claim(limit);
            if (!entries.isEmpty()) {
                send(entries);
                outbox.forget(entries);
            }
            return entries.size();
        });
        return relayed == null ? 0 : relayed;
    }

    private boolean relayOneOrSetItAside() {
        Boolean found = transaction.execute(status -> {
            List<Outbox.Entry> entries = outbox.claim(1);
            if (entries.isEmpty()) {
                return false;
            }
            Outbox.Entry entry = entries.getFirst();
            try {
                send(entries);
                outbox.forget(entries);
            } catch (CamelExecutionException e) {
                if (!isRefusal(e)) {
                    throw e;
                }
                LOG.error("Kafka refuses the request event of source {}: {}", entry.sourceId(), rootMessage(e));
                outbox.refuse(entry, rootMessage(e));
                listeners.publishEvent(new RequestRefused(
                        entry.sourceId(), "the request could not be sent to the application: " + rootMessage(e)));
            }
            return true;
        });
        return Boolean.TRUE.equals(found);
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
            throw e;
        }
        metrics.acknowledged(entries.size(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** Whether it is the record that Kafka does not take; anything else may pass. */
    private static boolean isRefusal(Throwable failure) {
        Throwable root = root(failure);
        return root instanceof RecordTooLargeException
                || root instanceof RecordBatchTooLargeException
                || root instanceof InvalidRecordException;
    }

    private static String rootMessage(Throwable failure) {
        return String.valueOf(root(failure).getMessage());
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
