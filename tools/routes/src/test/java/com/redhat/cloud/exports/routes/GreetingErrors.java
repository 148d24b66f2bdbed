package com.redhat.cloud.exports.routes;

import org.apache.camel.builder.RouteConfigurationBuilder;
import org.springframework.stereotype.Component;

/** A route configuration for routes to name. */
@Component
class GreetingErrors extends RouteConfigurationBuilder {

    @Override
    public void configuration() {
        routeConfiguration("greeting-errors").errorHandler(noErrorHandler());
    }
}
