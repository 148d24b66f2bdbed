package com.redhat.cloud.exports.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.direct.DirectComponent;

/** Old versions of routes, kept until the messages in them have finished. */
final class RetiredRoutes {

    /** How long a version must be idle: a caller that found it just before the exchange may still call it. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final CamelContext camel;

    /** Start of the idle time by route id. */
    private final Map<String, Instant> idleSince = new LinkedHashMap<>();

    RetiredRoutes(CamelContext camel) {
        this.camel = camel;
    }

    void add(String routeId) {
        idleSince.put(routeId, Instant.now());
    }

    void removeIdle() throws Exception {
        Instant now = Instant.now();
        idleSince.replaceAll((routeId, since) -> camel.getInflightRepository().size(routeId) > 0 ? now : since);
        List<String> idle = idleSince.entrySet().stream()
                .filter(route -> route.getValue().plus(IDLE).isBefore(now))
                .map(Map.Entry::getKey)
                .toList();
        if (!idleSince.isEmpty()) {
            forgetFoundConsumers();
        }
        for (String routeId : idle) {
            idleSince.remove(routeId);
            LiveRoutes.remove(camel, routeId);
        }
    }

    /**
     * Makes callers of {@code direct:} routes look up the consumer again. A caller stores the consumer and the change count in
     * two steps, so two at once may store the old consumer with the new count. This call only raises the count.
     */
    private void forgetFoundConsumers() {
        if (camel.hasComponent("direct") instanceof DirectComponent direct) {
            direct.removeConsumer("", null);
        }
    }
}
