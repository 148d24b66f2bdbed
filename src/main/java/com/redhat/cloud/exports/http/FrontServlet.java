package com.redhat.cloud.exports.http;

import com.redhat.cloud.exports.config.ExportProperties;
import com.redhat.cloud.exports.limits.Pace;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * Takes every request of the public and the internal port: gives it an id, finds out which port it came by, refuses a
 * path of another one, brings the path into the one form that the routes know, hands it to the route, and counts.
 */
final class FrontServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient ServletEngine engine;
    private final transient HttpMetrics metrics;
    private final int internalPort;
    private final transient RestOfBody rest;

    FrontServlet(ExportProperties properties, ServletEngine engine, HttpMetrics metrics) {
        this.internalPort = properties.internalPort();
        this.engine = engine;
        this.metrics = metrics;
        this.rest = new RestOfBody(
                new Pace(properties.traffic().slowest(), properties.traffic().slowestFor()));
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
        } else {
            Problem.of(404).writeTo(response);
        }
    }
}
