package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.concurrency.MinimumTransferRate;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Runs the routes' HTTP consumers on the servlet container's own (virtual) threads, below {@link FrontServlet}. It stands
 * in for the engine of camel-platform-http-starter, which goes by Spring MVC, reads whole bodies into memory, hands every
 * request to a second thread and copies all request headers into the message and back into the answer. See
 * docs/decisions/0005-http-engine.md.
 */
@Component("platform-http-engine")
final class ServletEngine implements PlatformHttpEngine {

    private final int port;
    private final int bodyLimit;
    private final MinimumTransferRate pace;
    private final AllowedMethods methods;
    private final Map<String, ServletConsumer> byPath = new ConcurrentHashMap<>();
    private final List<ServletConsumer> byPrefix = new CopyOnWriteArrayList<>();

    ServletEngine(ServerProperties server, ExportProperties properties, AllowedMethods methods) {
        this.port = server.getPort();
        this.bodyLimit = (int) properties.limits().maxBodySize().toBytes();
        this.pace = new MinimumTransferRate(
                properties.traffic().minBytesPerSecond(), properties.traffic().minBytesWithin());
        this.methods = methods;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new ServletConsumer(endpoint, processor, this, bodyLimit, pace, methods);
    }

    @Override
    public int getServerPort() {
        return port;
    }

    /** The consumer that serves the path, whatever the method. */
    Optional<ServletConsumer> find(String path) {
        ServletConsumer exact = byPath.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (ServletConsumer consumer : byPrefix) {
            if (path.startsWith(consumer.path())) {
                return Optional.of(consumer);
            }
        }
        return Optional.empty();
    }

    /** A consumer that has started. One that had the path before, and is about to stop, has it no more. */
    void add(ServletConsumer consumer) {
        if (consumer.getEndpoint().isMatchOnUriPrefix()) {
            byPrefix.addFirst(consumer);
        } else {
            byPath.put(consumer.path(), consumer);
        }
    }

    void remove(ServletConsumer consumer) {
        byPrefix.remove(consumer);
        byPath.remove(consumer.path(), consumer);
    }
}
