package com.redhat.cloud.exports.platform.health;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.springframework.stereotype.Component;

/** Ends the process when memory has run out in a route: Camel catches everything, and the route may handle it. */
@Component
final class OutOfMemoryRouteListener extends SimpleEventNotifierSupport {

    OutOfMemoryRouteListener() {
        setupIgnore(true);
        setIgnoreExchangeEvents(false);
        setIgnoreExchangeFailedEvents(false);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.ExchangeEvent failed) {
            Exchange exchange = failed.getExchange();
            OutOfMemoryExit.exitIfCausedBy(exchange.getException());
            OutOfMemoryExit.exitIfCausedBy(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class));
        }
    }
}
