package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.concurrency.MinimumTransferRate;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Receives every request of the public and the internal port: assigns an id, refuses paths of the other port, normalises the
 * path, passes the request to its route, and counts it.
 */
final class FrontServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Seconds. */
    private static final int RETRY_AFTER = 2;

    private final transient ServletEngine engine;
    private final transient HttpMetrics metrics;
    private final int internalPort;
    private final transient RestOfBody rest;

    /** A provider, since the servlet is created before the routes. */
    private final transient ObjectProvider<CamelContext> camel;

    FrontServlet(
            ExportProperties properties,
            ServletEngine engine,
            HttpMetrics metrics,
            ObjectProvider<CamelContext> camel) {
        this.camel = camel;
        this.internalPort = properties.internalPort();
        this.engine = engine;
        this.metrics = metrics;
        this.rest = new RestOfBody(new MinimumTransferRate(
                properties.traffic().minBytesPerSecond(), properties.traffic().minBytesWithin()));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long start = System.nanoTime();
        Port port = request.getLocalPort() == internalPort ? Port.INTERNAL : Port.PUBLIC;
        String id = RequestId.assign(request, port);
        response.setHeader(RequestId.headerOn(port), id);
        response.setHeader("X-Content-Type-Options", "nosniff");
        Optional<RequestPath> path =
                RequestPath.parse(request.getRequestURI(), port).filter(known -> port.serves(known.decoded()));
        MDC.put("request_id", id);
        try {
            if (path.isPresent()) {
                serve(request, path.get(), response);
            } else {
                Problem.of(404).writeTo(response);
            }
        } finally {
            MDC.remove("request_id");
            metrics.served(request.getMethod(), response.getStatus(), System.nanoTime() - start);
            if (port == Port.INTERNAL) {
                path.map(RequestPath::base).ifPresent(metrics::servedInternally);
            }
        }
        rest.passOver(request, response, port);
    }

    private void serve(HttpServletRequest request, RequestPath path, HttpServletResponse response) throws IOException {
        Optional<ServletConsumer> consumer = engine.find(path.decoded());
        if (consumer.isPresent()) {
            consumer.get().serve(request, path, response);
        } else if (camel.getObject().isStarted()) {
            Problem.of(404).writeTo(response);
        } else {
            // The ports open before the routes start. A 404 would say that the export is gone.
            new Problem(503, "the service is starting or ending", RETRY_AFTER).writeTo(response);
        }
    }
}
