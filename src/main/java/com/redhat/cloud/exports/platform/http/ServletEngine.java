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
 * Runs the routes' HTTP consumers on the container's (virtual) threads, behind {@link FrontServlet}. It replaces the engine of
 * camel-platform-http-starter, which goes through Spring MVC, reads whole bodies into memory, hands every request to a second
 * thread, and copies request headers into the message and from there into the response
 * (docs/decisions/0005-http-engine.md).
 */
@Component("platform-http-engine")
final class ServletEngine implements PlatformHttpEngine {

    private final int port;
    private final int bodyLimit;
    private final MinimumTransferRate minRate;
    private final AllowedMethods methods;
    private final Map<String, ServletConsumer> byPath = new ConcurrentHashMap<>();
    private final List<ServletConsumer> byPrefix = new CopyOnWriteArrayList<>();

    ServletEngine(ServerProperties server, ExportProperties properties, AllowedMethods methods) {
        this.port = server.getPort();
        this.bodyLimit = (int) properties.limits().maxBodySize().toBytes();
        this.minRate = new MinimumTransferRate(
                properties.traffic().minBytesPerSecond(), properties.traffic().minBytesWithin());
        this.methods = methods;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new ServletConsumer(endpoint, processor, this, bodyLimit, minRate, methods);
    }

    @Override
    public int getServerPort() {
        return port;
    }

    /** Finds the consumer that serves the path, whatever the method. */
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

    /** Registers a consumer that has started. It replaces one that had the path before. */
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
