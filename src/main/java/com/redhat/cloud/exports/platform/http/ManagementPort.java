package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.TrafficProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Applies the limits of the other ports to the management port. Named in {@code META-INF/spring} and not a component, since it
 * belongs to the management port's own context. Header size and time-outs come from {@code server.*}, which Spring Boot
 * applies to this port too.
 */
final class ManagementPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final TrafficProperties traffic;

    ManagementPort(ExportProperties properties) {
        this.traffic = properties.traffic();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(HeaderTimeoutProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> {
            HeaderTimeoutProtocol protocol = (HeaderTimeoutProtocol) connector.getProtocolHandler();
            protocol.limit(traffic.maxManagementConnections(), traffic);
        });
    }
}
