package com.redhat.cloud.exports.platform.routes;

import org.apache.camel.builder.RouteConfigurationBuilder;
import org.springframework.stereotype.Component;

/**
 * The error policy of routes that have a caller: the caller handles their errors. The HTTP engine answers them, the relay
 * sends again; Camel neither logs nor retries. A route opts in by {@code routeConfigurationId: errors-to-caller}.
 */
@Component
public class ErrorPolicy extends RouteConfigurationBuilder {

    /** The id that a route names. */
    public static final String ERRORS_TO_CALLER = "errors-to-caller";

    @Override
    public void configuration() {
        routeConfiguration(ERRORS_TO_CALLER).errorHandler(noErrorHandler());
    }
}
