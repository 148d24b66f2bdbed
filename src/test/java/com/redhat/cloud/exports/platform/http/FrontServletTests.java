package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Before there are routes. */
class FrontServletTests {

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private void delete(CamelContext camel) throws Exception {
        beans.addBean("camel", camel);
        ExportProperties settings = Settings.of(Map.of());
        ServerProperties server = new ServerProperties();
        server.setPort(8000);
        var contexts = beans.getBeanProvider(CamelContext.class);
        new FrontServlet(
                        settings,
                        new ServletEngine(server, settings, new AllowedMethods(contexts)),
                        new HttpMetrics(new SimpleMeterRegistry()),
                        contexts)
                .service(new MockHttpServletRequest("DELETE", "/api/export/v1/exports/1"), response);
    }

    @Test
    void clientsAreToldToComeAgainUntilTheRoutesAreThere() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            delete(camel);

            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeader("Retry-After")).isEqualTo("2");
            assertThat(response.getContentAsString()).contains("\"code\":503");
        }
    }

    @Test
    void whatNoRouteServesThenIsNotThere() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.start();
            delete(camel);

            assertThat(response.getStatus()).isEqualTo(404);
        }
    }
}
