package com.redhat.cloud.exports.platform.http;

import org.apache.camel.CamelContext;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up once the routes are: the port opens about a second before, and would answer 404. */
@Component
class RoutesHealthIndicator implements HealthIndicator {

    private final CamelContext camel;

    RoutesHealthIndicator(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public Health health() {
        return camel.isStarted() ? Health.up().build() : Health.outOfService().build();
    }
}
