package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Limits the management port as the other ports are limited. Named in {@code META-INF/spring} and no component: it belongs
 * to the management port's own context alone. The size of headers and the time-outs of silent connections come from
 * {@code server.*}, which Spring Boot applies to this port too.
 */
final class ManagementPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ExportProperties.Traffic traffic;

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
