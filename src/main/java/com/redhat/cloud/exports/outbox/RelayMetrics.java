package com.redhat.cloud.exports.outbox;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/**
 * Metrics of request events (contract section 8). Counts are registered as gauges, since a counter's name would get a
 * {@code _total} that the existing names lack.
 */
@Component("relayMetrics")
class RelayMetrics {

    private final AtomicLong produced = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong deadLettered = new AtomicLong();
    private final Timer publish;

    RelayMetrics(MeterRegistry registry, ExportProperties properties) {
        String topic = properties.event().topic();
        Gauge.builder("export_service_kafka_produced", produced, AtomicLong::doubleValue)
                .description("Request events that Kafka has acknowledged")
                .tag("topic", topic)
                .register(registry);
        Gauge.builder("export_service_kafka_produce_failures", failures, AtomicLong::doubleValue)
                .description("Failed attempts to send a request event")
                .tag("topic", topic)
                .register(registry);
        Gauge.builder("export_service_requests_waiting", waiting, AtomicLong::doubleValue)
                .description("Request events in the outbox that wait for Kafka, of all replicas")
                .register(registry);
        Gauge.builder("export_service_requests_dead_lettered", deadLettered, AtomicLong::doubleValue)
                .description("Request events in the outbox that Kafka will never accept, of all replicas")
                .register(registry);
        this.publish = Timer.builder("export_service_publish")
                .description("Time from sending a batch of request events to its acknowledgement")
                .tag("topic", topic)
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    /** @param outbox numbers {@code waiting} and {@code refused} */
    void counted(@Body Map<String, Number> outbox) {
        waiting.set(outbox.get("waiting").longValue());
        deadLettered.set(outbox.get("refused").longValue());
    }

    void acknowledged(int events, Duration time) {
        produced.addAndGet(events);
        publish.record(time);
    }

    void failed(int events) {
        failures.addAndGet(events);
    }
}
