package com.redhat.cloud.exports.http;

import com.redhat.cloud.exports.config.ExportProperties;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;

/** The public and the internal port: two connectors of one server, and the one servlet behind both. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ServerProperties server;
    private final ExportProperties properties;

    TomcatConfiguration(ServerProperties server, ExportProperties properties) {
        this.server = server;
        this.properties = properties;
    }

    @Bean
    ServletRegistrationBean<FrontServlet> front(ServletEngine engine, HttpMetrics metrics) {
        return new ServletRegistrationBean<>(new FrontServlet(properties, engine, metrics), "/");
    }

    /** Serves nothing. The management port's context gets Spring MVC only where it finds a servlet of it here. */
    @Bean
    DispatcherServlet dispatcherServlet() {
        return new DispatcherServlet();
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> dispatcherServletRegistration(DispatcherServlet servlet) {
        ServletRegistrationBean<DispatcherServlet> registration = new ServletRegistrationBean<>(servlet, false);
        registration.setEnabled(false);
        return registration;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(TomcatConfiguration::customize);
        factory.addAdditionalTomcatConnectors(internalConnector());
    }

    private Connector internalConnector() {
        Connector connector = new Connector();
        connector.setPort(properties.internalPort());
        customize(connector);
        AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        protocol.setMaxHttpRequestHeaderSize(
                (int) server.getMaxHttpRequestHeaderSize().toBytes());
        protocol.setConnectionTimeout(
                (int) server.getTomcat().getConnectionTimeout().toMillis());
        protocol.setExecutor(new VirtualThreadExecutor("internal-"));
        // An application that writes all of its body before it reads gets to its answer, 413 or 410, however large the
        // body is; cut off, it would try again.
        protocol.setMaxSwallowSize(-1);
        return connector;
    }

    private static void customize(Connector connector) {
        connector.setURIEncoding(StandardCharsets.UTF_8.name());
        connector.setXpoweredBy(false);
        // TRACE gets to FrontServlet like any other method, and is refused there.
        connector.setAllowTrace(true);
        // FrontServlet reads the raw path and decides; the container is to refuse nothing that a caller may send.
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        // A caller that waits for "100 Continue" gets the refusal instead, and keeps its body.
        protocol.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
    }
}
