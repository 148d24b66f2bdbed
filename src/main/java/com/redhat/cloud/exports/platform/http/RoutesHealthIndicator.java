package com.redhat.cloud.exports.platform.http;

import org.apache.camel.CamelContext;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Is up once the routes are started. The ports open about a second earlier. */
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
