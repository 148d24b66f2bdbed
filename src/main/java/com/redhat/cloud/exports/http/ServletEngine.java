package com.redhat.cloud.exports.http;

import com.redhat.cloud.exports.config.ExportProperties;
import com.redhat.cloud.exports.limits.Pace;
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
    private final Pace pace;
    private final AllowedMethods methods;

    ServletEngine(ServerProperties server, ExportProperties properties, AllowedMethods methods) {
        this.port = server.getPort();
        this.bodyLimit = (int) properties.limits().body().toBytes();
        this.pace =
                new Pace(properties.traffic().slowest(), properties.traffic().slowestFor());
        this.methods = methods;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new ServletConsumer(endpoint, processor, bodyLimit, pace, methods);
    }

    @Override
    public int getServerPort() {
        return port;
    }
}
