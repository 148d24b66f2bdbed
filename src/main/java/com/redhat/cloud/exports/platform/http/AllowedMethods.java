package com.redhat.cloud.exports.platform.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Answers a method that a path does not have: 405 and those that it has, or 404 when there is no such path. The routes'
 * front matches by prefix, so that it cannot tell.
 */
@Component
class AllowedMethods {

    /** Not the context itself: the engine that asks here is made before the routes are. */
    private final ObjectProvider<CamelContext> camel;

    AllowedMethods(ObjectProvider<CamelContext> camel) {
        this.camel = camel;
    }

    /** @param path decoded */
    void refuse(String path, HttpServletResponse response) throws IOException {
        Set<String> methods = of(path);
        if (methods.isEmpty()) {
            Problem.of(404).writeTo(response);
        } else {
            response.setHeader("Allow", String.join(", ", methods));
            Problem.of(405).writeTo(response);
        }
    }

    /** Whether a route serves the path. */
    boolean areServed(String path) {
        return !of(path).isEmpty();
    }

    /** In alphabetical order; empty when no route serves the path. */
    private Set<String> of(String path) {
        PathContainer segments = PathContainer.parsePath(path);
        Set<String> methods = new TreeSet<>();
        PlatformHttpComponent component = camel.getObject().getComponent("platform-http", PlatformHttpComponent.class);
        for (HttpEndpointModel endpoint : component.getHttpEndpoints()) {
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
