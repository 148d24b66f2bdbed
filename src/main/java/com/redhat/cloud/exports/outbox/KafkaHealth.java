package com.redhat.cloud.exports.outbox;

import com.redhat.cloud.exports.platform.health.DegradedIndicator;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Health component {@code kafka}: degraded while request events wait for Kafka. */
@Component("kafkaHealthIndicator")
final class KafkaHealth extends DegradedIndicator {

    KafkaHealth(MeterRegistry registry) {
        super("kafka", registry);
    }
}
