package com.redhat.cloud.exports.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class StartingFilterTests {

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private final StartingFilter filter = new StartingFilter(beans.getBeanProvider(CamelContext.class));
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain routes = new MockFilterChain();

    @Test
    void requestsAreToldToComeAgainUntilTheRoutesAreThere() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            beans.addBean("camel", camel);

            filter.doFilter(new MockHttpServletRequest("DELETE", "/api/export/v1/exports/1"), response, routes);

            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeader("Retry-After")).isEqualTo("2");
            assertThat(response.getContentAsString()).contains("\"code\":503");
            assertThat(routes.getRequest()).isNull();
        }
    }

    @Test
    void thenTheyPass() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            beans.addBean("camel", camel);
            camel.start();

            filter.doFilter(new MockHttpServletRequest("GET", "/"), response, routes);

            assertThat(routes.getRequest()).isNotNull();
        }
    }
}
