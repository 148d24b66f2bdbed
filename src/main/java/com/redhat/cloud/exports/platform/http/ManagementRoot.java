package com.redhat.cloud.exports.platform.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Answers {@code GET /} of the management port, as the former service does: some monitors look for no more than that.
 * Actuator has nothing at its base path, and the routes have no part in that port.
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
     * Named in {@code META-INF/spring}, because the management port's server has a context of its own. Without an
     * annotation, by which the service's context would find it too and have {@code /} of the other ports answered here.
     */
    static class Registration {

        /** The empty pattern is the path {@code /} alone; Spring MVC keeps every other path. */
        @Bean
        ServletRegistrationBean<ManagementRoot> managementRoot() {
            return new ServletRegistrationBean<>(new ManagementRoot(), "");
        }
    }
}
