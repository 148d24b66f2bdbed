package com.redhat.cloud.exports.platform.health;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.springframework.stereotype.Component;

/** Hands over what Camel has caught: it makes an exchange's exception of everything thrown, which a route may handle. */
@Component
final class OutOfMemoryInRoutes extends SimpleEventNotifierSupport {

    OutOfMemoryInRoutes() {
        setupIgnore(true);
        setIgnoreExchangeEvents(false);
        setIgnoreExchangeFailedEvents(false);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.ExchangeEvent failed) {
            Exchange exchange = failed.getExchange();
            OutOfMemory.endIfCausedBy(exchange.getException());
            OutOfMemory.endIfCausedBy(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class));
        }
    }
}
