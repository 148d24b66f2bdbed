package com.redhat.cloud.exports.http;

import com.redhat.cloud.exports.config.ExportProperties;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Runs the routes' HTTP consumers on the servlet container's own (virtual) threads. It stands in for the engine of
 * camel-platform-http-starter, which reads whole bodies into memory, hands every request to a second thread and copies
 * all request headers into the message and back into the answer. See docs/decisions.md for the figures.
 */
@Component("platform-http-engine")
class ServletEngine implements PlatformHttpEngine {

    private final int port;
    private final int bodyLimit;
    private final AllowedMethods methods;
    private final Entrance entrance;

    ServletEngine(ServerProperties server, ExportProperties properties, AllowedMethods methods, Entrance entrance) {
        this.port = server.getPort();
        this.bodyLimit = properties.limits().bodyBytes();
        this.methods = methods;
        this.entrance = entrance;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new ServletConsumer(endpoint, processor, bodyLimit, methods, entrance);
    }

    @Override
    public int getServerPort() {
        return port;
    }
}
