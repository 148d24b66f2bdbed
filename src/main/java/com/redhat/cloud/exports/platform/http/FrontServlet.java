package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.concurrency.MinimumTransferRate;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Receives every request of the public and the internal port: assigns an id, refuses paths of the other port, normalises the
 * path, passes the request to its route, and counts it.
 */
final class FrontServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(FrontServlet.class);

    /** Bytes. */
    private static final int MAX_DRAINED = 64 * 1024;

    /** Seconds. */
    private static final int RETRY_AFTER = 2;

    private final transient ServletEngine engine;
    private final transient HttpMetrics metrics;
    private final int internalPort;
    private final transient MinimumTransferRate minRate;

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
        this.minRate = new MinimumTransferRate(
                properties.traffic().minBytesPerSecond(), properties.traffic().minBytesWithin());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long start = System.nanoTime();
        Port port = request.getLocalPort() == internalPort ? Port.INTERNAL : Port.PUBLIC;
        String id = RequestId.assign(request, port);
        port.addHeaders(id, response::setHeader);
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
        drain(request, response);
    }

    /**
     * Reads what is left of a small body, so that the connection can be kept. If more is left, the client is told that it will
     * be closed, and {@link PlatformHttpProcessor} waits until it has stopped sending.
     */
    private void drain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletInputStream body = request.getInputStream();
        if (body.isFinished() || request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) != null) {
            return;
        }
        long length = request.getContentLengthLong();
        // A client that expects 100 (Continue) may or may not send its body.
        if (request.getHeader("Expect") == null && length <= MAX_DRAINED) {
            try {
                if (length >= 0) {
                    response.flushBuffer();
                }
                InputStream rest = minRate.fastEnoughFor(MAX_DRAINED).enforceOn(body);
                byte[] buffer = new byte[4096];
                for (int total = 0; total < MAX_DRAINED && (length >= 0 || body.available() > 0); ) {
                    int read = rest.read(buffer);
                    if (read < 0) {
                        break;
                    }
                    total += read;
                }
            } catch (IOException e) {
                LOG.debug("the rest of a body could not be read: {}", e.getMessage());
            }
        }
        if (!body.isFinished() && !response.isCommitted()) {
            response.setHeader("Connection", "close");
        }
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
