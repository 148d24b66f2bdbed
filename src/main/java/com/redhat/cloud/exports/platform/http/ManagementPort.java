package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Applies the limits of the other ports to the management port. Named in {@code META-INF/spring} and not a component, since it
 * belongs to the management port's own context. Header size and time-outs come from {@code server.*}, which Spring Boot
 * applies to this port too.
 */
final class ManagementPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ExportProperties properties;
    private final HttpMetrics metrics;

    ManagementPort(ExportProperties properties, HttpMetrics metrics) {
        this.properties = properties;
        this.metrics = metrics;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(PlatformHttpProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> {
            PlatformHttpProtocol protocol = (PlatformHttpProtocol) connector.getProtocolHandler();
            protocol.configure(Port.MANAGEMENT, properties, metrics, () -> new TreeSet<>(Set.of("GET", "HEAD")));
        });
    }
}
