package com.redhat.cloud.exports.http;

import com.redhat.cloud.exports.config.ExportProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first to see a request: gives it an id, finds out which port it came by, refuses a path of another one, brings the
 * path into the one form that the routes know, and counts.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FrontFilter extends OncePerRequestFilter {

    /** Spring would answer these itself, TRACE by sending the request's headers back. */
    private static final Set<String> ANSWERED_BY_SPRING = Set.of("OPTIONS", "TRACE");

    private final int internalPort;
    private final HttpMetrics metrics;
    private final AllowedMethods methods;
    private final Entrance entrance;

    FrontFilter(ExportProperties properties, HttpMetrics metrics, AllowedMethods methods, Entrance entrance) {
        this.internalPort = properties.internalPort();
        this.metrics = metrics;
        this.methods = methods;
        this.entrance = entrance;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long start = System.nanoTime();
        Port port = request.getLocalPort() == internalPort ? Port.INTERNAL : Port.PUBLIC;
        String id = RequestId.assign(request, port);
        response.setHeader(RequestId.headerOn(port), id);
        response.setHeader("X-Content-Type-Options", "nosniff");
        Optional<RequestPath> path = RequestPath.parse(request.getRequestURI(), port);
        MDC.put("request_id", id);
        try {
            if (path.isEmpty() || !port.serves(path.get().decoded())) {
                Problem.of(404).writeTo(response);
                return;
            }
            if (ANSWERED_BY_SPRING.contains(request.getMethod())) {
                methods.refuse(path.get().encoded(), response);
                return;
            }
            path.get().attachTo(request);
            entrance.enter(request);
            chain.doFilter(new CanonicalRequest(request, path.get().encoded()), response);
        } finally {
            entrance.leave(request);
            MDC.remove("request_id");
            metrics.served(request.getMethod(), response.getStatus(), System.nanoTime() - start);
            path.map(RequestPath::base).filter(base -> port == Port.INTERNAL).ifPresent(metrics::servedInternally);
        }
    }

    private static final class CanonicalRequest extends HttpServletRequestWrapper {

        private final String path;

        CanonicalRequest(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getServletPath() {
            return path;
        }
    }
}
