package com.redhat.cloud.exports.platform.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Answers {@code GET /} on the management port, as the former service does: some monitors check no more than that. Actuator has
 * nothing at its base path, and routes do not serve this port.
 */
final class ManagementRoot extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            response.setContentType("text/plain");
        } else {
            response.setHeader("Allow", "GET, HEAD");
            Problem.of(405).writeTo(response);
        }
    }

    /**
     * Registers the servlet. Named in {@code META-INF/spring} and not annotated: component scanning would register it for the
     * other ports too.
     */
    static class Registration {

        /** Maps the empty pattern, which is the path {@code /} only; Spring MVC keeps all others. */
        @Bean
        ServletRegistrationBean<ManagementRoot> managementRoot() {
            return new ServletRegistrationBean<>(new ManagementRoot(), "");
        }
    }
}
