package com.redhat.cloud.exports.platform.health;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.springframework.stereotype.Component;

/** Ends the process when memory runs out in a route, since Camel catches every failure. */
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
