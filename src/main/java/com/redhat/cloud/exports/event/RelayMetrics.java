package com.redhat.cloud.exports.event;

import com.redhat.cloud.exports.config.ExportProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Request events as the dashboards count them (contract section 8). The counts are registered as gauges: a counter's
 * name would get a {@code _total} that the existing names lack.
 */
@Component
class RelayMetrics {

    private final AtomicLong produced = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Timer publish;

    RelayMetrics(MeterRegistry registry, ExportProperties properties) {
        String topic = properties.event().topic();
        Gauge.builder("export_service_kafka_produced", produced, AtomicLong::doubleValue)
                .description("Request events that Kafka has acknowledged")
                .tag("topic", topic)
                .register(registry);
        Gauge.builder("export_service_kafka_produce_failures", failures, AtomicLong::doubleValue)
                .description("Request events that Kafka did not take, each try counted")
                .tag("topic", topic)
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

    void acknowledged(int events, Duration time) {
        produced.addAndGet(events);
        publish.record(time);
    }

    void refused(int events) {
        failures.addAndGet(events);
    }
}
