package com.redhat.cloud.exports.platform.http;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.stereotype.Component;

/**
 * The probe paths that deployments use: {@code /healthz} and {@code /readyz} show the health groups liveness and readiness.
 * Spring Boot's additional paths do not work when two services run in one JVM, as in the tests.
 */
final class Probes {

    private Probes() {}

    /** Fails when the process should be restarted. */
    @Component
    @WebEndpoint(id = "healthz")
    static class Liveness {

        private final Group group;

        Liveness(HealthEndpoint health, HttpCodeStatusMapper statuses) {
            this.group = new Group("liveness", health, statuses);
        }

        @ReadOperation
        public WebEndpointResponse<HealthComponent> probe() {
            return group.response();
        }
    }

    /** Fails while no requests should be sent. */
    @Component
    @WebEndpoint(id = "readyz")
    static class Readiness {

        private final Group group;

        Readiness(HealthEndpoint health, HttpCodeStatusMapper statuses) {
            this.group = new Group("readiness", health, statuses);
        }

        @ReadOperation
        public WebEndpointResponse<HealthComponent> probe() {
            return group.response();
        }
    }

    private record Group(String name, HealthEndpoint health, HttpCodeStatusMapper statuses) {

        WebEndpointResponse<HealthComponent> response() {
            HealthComponent state = health.healthForPath(name);
            return new WebEndpointResponse<>(state, statuses.getStatusCode(state.getStatus()));
        }
    }
}
