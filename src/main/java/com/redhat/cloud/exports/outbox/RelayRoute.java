package com.redhat.cloud.exports.outbox;

import static org.apache.camel.builder.endpoint.StaticEndpointBuilders.direct;
import static org.apache.camel.builder.endpoint.StaticEndpointBuilders.kafka;

import com.redhat.cloud.exports.platform.routes.ErrorPolicy;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * Sends a batch of request events to Kafka. In Java, because its options decide whether an event can be lost: the compiler
 * checks them, and no mounted route file changes them.
 */
@Component
class RelayRoute extends RouteBuilder {

    private static final int MAX_BLOCK_MS = 10_000;
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int DELIVERY_TIMEOUT_MS = 30_000;

    /** Takes a list of messages, whose headers become those of the records. */
    @Override
    public void configure() {
        from(direct("announceRequests"))
                .routeId("announce-requests")
                .routeDescription(
                        "Sends a batch of request events to Kafka - one record a source - and returns once all"
                                + " are acknowledged.")
                .routeConfigurationId(ErrorPolicy.ERRORS_TO_CALLER)
                .to(kafka("{{export.event.topic}}")
                        .useIterator(true)
                        .batchWithIndividualHeaders(true)
                        .requestRequiredAcks("all")
                        .enableIdempotence(true)
                        .lingerMs(0)
                        .maxBlockMs(MAX_BLOCK_MS)
                        .requestTimeoutMs(REQUEST_TIMEOUT_MS)
                        .deliveryTimeoutMs(DELIVERY_TIMEOUT_MS));
    }
}
