package com.redhat.cloud.exports.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.direct.DirectComponent;

/** Old versions of routes that finish what came in before their successors took over. */
final class RetiredRoutes {

    /**
     * How long one has to have been idle. A caller that found the old version just before the exchange may come in a moment
     * later.
     */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final CamelContext camel;

    /** By route id, since when idle. */
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
     * Has everybody who calls a {@code direct:} route look it up again. They remember whom they found and the count of changes
     * then in two steps, and two at a time may remember the old consumer with the new count. This changes nothing but
     * the count.
     */
    private void forgetFoundConsumers() {
        if (camel.hasComponent("direct") instanceof DirectComponent direct) {
            direct.removeConsumer("", null);
        }
    }
}
