package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;

/** Configures the public and the internal port: two connectors of one server, with one servlet behind both. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /**
     * Bytes read at once from an upload's socket. Tomcat's 8 KiB would cost four times the system calls. A connection has one
     * buffer of that size, and a second one while a request runs.
     */
    private static final int BODY_READ = 32 * 1024;

    private final ServerProperties server;
    private final ExportProperties properties;
    private final HttpMetrics metrics;
    private final AllowedMethods methods;

    TomcatConfiguration(
            ServerProperties server, ExportProperties properties, HttpMetrics metrics, AllowedMethods methods) {
        this.server = server;
        this.properties = properties;
        this.metrics = metrics;
        this.methods = methods;
    }

    @Bean
    ServletRegistrationBean<FrontServlet> front(ServletEngine engine, ObjectProvider<CamelContext> camel) {
        return new ServletRegistrationBean<>(new FrontServlet(properties, engine, metrics, camel), "/");
    }

    /** Serves nothing: the management port's context gets Spring MVC only if this context has a servlet of it. */
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
        factory.setProtocol(PlatformHttpProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> customize(connector, Port.PUBLIC));
        factory.addAdditionalTomcatConnectors(internalConnector());
    }

    private Connector internalConnector() {
        Connector connector = new Connector(PlatformHttpProtocol.class.getName());
        connector.setPort(properties.internalPort());
        customize(connector, Port.INTERNAL);
        AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        int headers = (int) server.getMaxHttpRequestHeaderSize().toBytes();
        protocol.setMaxHttpRequestHeaderSize(headers);
        protocol.setConnectionTimeout(
                (int) server.getTomcat().getConnectionTimeout().toMillis());
        protocol.setExecutor(new VirtualThreadExecutor("internal-"));
        // With a larger buffer, a too long request line would be taken for too large headers.
        protocol.setProperty("socket.appReadBufSize", Integer.toString(Math.min(BODY_READ, headers)));
        return connector;
    }

    private void customize(Connector connector, Port port) {
        connector.setURIEncoding(StandardCharsets.UTF_8.name());
        connector.setXpoweredBy(false);
        // FrontServlet refuses TRACE.
        connector.setAllowTrace(true);
        // FrontServlet decides by the raw path.
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        PlatformHttpProtocol protocol = (PlatformHttpProtocol) connector.getProtocolHandler();
        if (properties.tls().isOn()) {
            speakTls(connector, protocol);
        }
        protocol.configure(port, properties, metrics, () -> methods.of(port));
        // A caller that waits for "100 Continue" can be refused before it sends its body.
        protocol.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
    }

    private void speakTls(Connector connector, PlatformHttpProtocol protocol) {
        connector.setScheme("https");
        connector.setSecure(true);
        protocol.setSSLEnabled(true);
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, Type.UNDEFINED);
        certificate.setCertificateFile(absolute(properties.tls().certificate()));
        certificate.setCertificateKeyFile(absolute(properties.tls().key()));
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
    }

    /** Returns an absolute path: the container resolves relative ones against a directory of its own. */
    private static String absolute(String file) {
        return Path.of(file).toAbsolutePath().toString();
    }
}
