package com.redhat.cloud.exports.hooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Times calls by hook, extension and outcome. */
@Component
class HookMetrics {

    private final MeterRegistry registry;

    HookMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param outcome {@code done}, {@code failed} (to be retried) or {@code given_up} */
    void called(HookCall call, String outcome, Duration time) {
        Timer.builder("export_service_hook_calls")
                .description("Calls of hooks of extensions")
                .tag("hook", call.hook())
                .tag("extension", call.extension())
                .tag("outcome", outcome)
                .register(registry)
                .record(time);
    }
}
