package com.redhat.cloud.exports.testing;

import com.redhat.cloud.exports.platform.routes.ErrorPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.SpringCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.spring.junit5.CamelSpringTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.mockito.Mockito;
import org.mockito.stubbing.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.context.ContextConfiguration;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One route file in a Camel context of its own, without servers: beans are Mockito's, and what leaves the service ends in
 * mock endpoints. Timers do not fire; {@code direct:} and the route's id starts such a route.
 */
@CamelSpringTest
@UseAdviceWith
@ContextConfiguration(classes = RouteTest.Context.class)
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
public abstract class RouteTest {

    private static final List<String> OUTSIDE = List.of("sql:*", "kafka:*", "aws2-s3:*");

    @Autowired
    protected ModelCamelContext camel;

    /** Without {@code @Configuration}: the scan of the service's beans would find it. */
    static class Context {

        @Bean
        CamelContext camelContext(ApplicationContext spring) {
            return new SpringCamelContext(spring);
        }

        @Bean
        DataSource dataSource() {
            return Mockito.mock(DataSource.class);
        }

        @Bean
        S3Client s3() {
            return Mockito.mock(S3Client.class);
        }
    }

    @BeforeEach
    final void errorPolicy() throws Exception {
        camel.addRoutesConfigurations(new ErrorPolicy());
    }

    /** Gives the route a bean. */
    protected final <T> T bean(String name, Class<T> type) {
        T bean = Mockito.mock(type);
        camel.getRegistry().bind(name, bean);
        return bean;
    }

    /** Gives the route a bean of another feature, whose type is not public. */
    protected final Object bean(String name, String type, Answer<?> answer) throws ClassNotFoundException {
        Object bean = Mockito.mock(Class.forName(type), answer);
        camel.getRegistry().bind(name, bean);
        return bean;
    }

    /** Gives the routes a setting. */
    protected final void setting(String key, String value) {
        camel.getPropertiesComponent().addInitialProperty(key, value);
    }

    /**
     * Loads a route file and starts its routes, with those in Java that were added before.
     *
     * @param calls routes of other files that these call, as {@code direct:identify}; they become mocks
     */
    protected final void load(String file, String... calls) throws Exception {
        var resource = ResourceHelper.resolveResource(camel, "file:routes/%s.camel.yaml".formatted(file));
        PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
        for (RouteDefinition route : List.copyOf(camel.getRouteDefinitions())) {
            String input = route.getInput().getEndpointUri();
            AdviceWith.adviceWith(camel, route.getId(), false, advice -> {
                if (input.startsWith("timer") || input.startsWith("platform-http")) {
                    advice.replaceFromWith("direct:" + route.getId());
                }
                advice.mockEndpointsAndSkip(OUTSIDE.toArray(String[]::new));
                if (calls.length > 0) {
                    advice.mockEndpointsAndSkip(calls);
                }
            });
        }
        camel.start();
    }

    /** Where messages to an endpoint end: its URI without options. */
    protected final MockEndpoint mock(String uri) {
        return camel.getEndpoint("mock:" + uri, MockEndpoint.class);
    }

    /** Calls a route as the HTTP engine does; the exchange has its outcome. */
    protected final Exchange call(String route, Processor request) {
        try (var template = camel.createProducerTemplate()) {
            return template.request("direct:" + route, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected final Exchange call(String route) {
        return call(route, exchange -> {});
    }
}
