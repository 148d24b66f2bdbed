package com.redhat.cloud.exports.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests while there are no routes: the ports open about a second before them, and a 404 from then would tell
 * a user that an export is gone, and a source application that nobody wants its data any more.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class StartingFilter extends OncePerRequestFilter {

    private static final int RETRY_AFTER = 2;

    /** Not the context itself: the filter is made before the routes are. */
    private final ObjectProvider<CamelContext> camel;

    StartingFilter(ObjectProvider<CamelContext> camel) {
        this.camel = camel;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (camel.getObject().isStarted()) {
            chain.doFilter(request, response);
        } else {
            new Problem(503, "the service is starting or ending", RETRY_AFTER).writeTo(response);
        }
    }
}
