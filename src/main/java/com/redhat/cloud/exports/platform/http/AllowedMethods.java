package com.redhat.cloud.exports.platform.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Refuses a method that a path does not support: 405 with those it does, or 404 for an unknown path. The contract-first front
 * matches by prefix and cannot tell.
 */
@Component
class AllowedMethods {

    /** A provider, since the engine that uses this is created before the routes. */
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

    /** Returns whether a route serves the path. */
    boolean areServed(String path) {
        return !of(path).isEmpty();
    }

    /** Returns those of all paths of a port, in alphabetical order. */
    Set<String> of(Port port) {
        return of(endpoint -> port.serves(endpoint.getUri()));
    }

    /** Returns them in alphabetical order; none when no route serves the path. */
    private Set<String> of(String path) {
        PathContainer segments = PathContainer.parsePath(path);
        return of(endpoint ->
                PathPatternParser.defaultInstance.parse(endpoint.getUri()).matches(segments));
    }

    private Set<String> of(Predicate<HttpEndpointModel> selected) {
        Set<String> methods = new TreeSet<>();
        PlatformHttpComponent component = camel.getObject().getComponent("platform-http", PlatformHttpComponent.class);
        for (HttpEndpointModel endpoint : component.getHttpEndpoints()) {
            if (endpoint.getVerbs() != null && selected.test(endpoint)) {
                methods.addAll(Arrays.asList(endpoint.getVerbs().split(",")));
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }
}
