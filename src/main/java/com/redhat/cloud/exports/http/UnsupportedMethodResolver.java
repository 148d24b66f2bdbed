package com.redhat.cloud.exports.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Answers a method that a path does not have with 405 and those that it has, or with 404 when there is no such path. The
 * routes' front matches by prefix, so that Spring's own answer would name the methods of other paths too.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnsupportedMethodResolver implements HandlerExceptionResolver {

    private final CamelContext camel;

    UnsupportedMethodResolver(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!(failure instanceof HttpRequestMethodNotSupportedException)) {
            return null;
        }
        Set<String> allowed = methodsOf(request.getRequestURI());
        try {
            if (allowed.isEmpty()) {
                Problem.of(404, "not found").writeTo(response);
            } else {
                response.setHeader("Allow", String.join(", ", allowed));
                Problem.of(405, "method not allowed").writeTo(response);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelAndView();
    }

    private Set<String> methodsOf(String path) {
        PathContainer segments = PathContainer.parsePath(path);
        Set<String> methods = new TreeSet<>();
        for (HttpEndpointModel endpoint :
                camel.getComponent("platform-http", PlatformHttpComponent.class).getHttpEndpoints()) {
            if (endpoint.getVerbs() != null
                    && PathPatternParser.defaultInstance
                            .parse(endpoint.getUri())
                            .matches(segments)) {
                methods.addAll(Arrays.asList(endpoint.getVerbs().split(",")));
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }
}
