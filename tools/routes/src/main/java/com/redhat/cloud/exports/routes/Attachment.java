package com.redhat.cloud.exports.routes;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.DefaultPlatformHttpConsumer;
import org.apache.camel.impl.engine.DefaultRouteStartupOrder;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * A route's input, detachable from its steps. Stopping a consumer would also stop the steps and the messages in them;
 * detaching lets those finish.
 */
final class Attachment {

    private final CamelContext camel;
    private final Route route;
    private final @Nullable RouteService service;
    private boolean wasStarted;

    private Attachment(CamelContext camel, Route route, @Nullable RouteService service) {
        this.camel = camel;
        this.route = route;
        this.service = service;
    }

    static Attachment of(CamelContext camel, String routeId) {
        RouteService service = camel.getCamelContextExtension().getRouteStartupOrder().stream()
                .filter(order -> order.getRoute().getId().equals(routeId))
                .map(order -> ((DefaultRouteStartupOrder) order).getRouteService())
                .findFirst()
                .orElse(null);
        return new Attachment(camel, camel.getRoute(routeId), service);
    }

    String routeId() {
        return route.getId();
    }

    /** Makes room for another consumer of the same endpoint. */
    void detach() throws Exception {
        wasStarted = camel.getRouteController().getRouteStatus(route.getId()).isStarted();
        if (!wasStarted || service == null) {
            return;
        }
        Consumer consumer = route.getConsumer();
        if (consumer instanceof DefaultPlatformHttpConsumer http) {
            // It serves its path until another consumer does, or close() is called. By the time it stops, the next
            // version
            // owns the path, so the stop must not remove it.
            http.setRegister(false);
            http.getComponent().removeHttpEndpoint(http.getEndpoint().getPath());
        } else if (route.supportsSuspension()) {
            ServiceHelper.suspendService(consumer);
        } else {
            camel.getRouteController().stopRoute(route.getId());
            return;
        }
        // Otherwise Camel rejects a second consumer of the endpoint.
        service.suspend();
    }

    /** Stops the input that may still arrive after {@link #detach()}. */
    void close() {
        if (route.getConsumer() instanceof DefaultPlatformHttpConsumer http) {
            ServiceHelper.suspendService(http.getPlatformHttpConsumer());
        }
    }

    /** Lets messages in again. */
    void attach() throws Exception {
        if (!wasStarted || service == null) {
            return;
        }
        Consumer consumer = route.getConsumer();
        if (consumer instanceof DefaultPlatformHttpConsumer http) {
            http.setRegister(true);
            close();
            ServiceHelper.resumeService(http.getPlatformHttpConsumer());
            http.getComponent()
                    .addHttpEndpoint(
                            http.getEndpoint().getPath(),
                            http.getEndpoint().getHttpMethodRestrict(),
                            http.getEndpoint().getConsumes(),
                            http.getEndpoint().getProduces(),
                            http.getPlatformHttpConsumer());
        } else if (route.supportsSuspension()) {
            ServiceHelper.resumeService(consumer);
        } else {
            camel.getRouteController().startRoute(route.getId());
            return;
        }
        service.resume();
    }
}
