package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.health.DegradedIndicator;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** The health component {@code objectStore}: degraded while uploads and downloads fail with 503. */
@Component("objectStoreHealthIndicator")
final class ObjectStoreHealth extends DegradedIndicator {

    ObjectStoreHealth(MeterRegistry registry) {
        super("objectStore", registry);
    }
}
