package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Which port serves which path (contract section 1), however the path is written. */
@ServiceTest
class PortTests {

    private static final String NOT_FOUND = "{\"message\":\"not found\",\"code\":404}";

    @Autowired
    Api api;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/docs",
                "/docs/",
                "/api/export/v1/openapi.json",
                "/api/export/v1/ping",
                "/api/export/v1/ping/",
                "/api/export/v1/%70ing",
                "/%61pi/export/v1/ping",
                "http://localhost/api/export/v1/ping",
                "/api/export/v1/exports?//..;%2f"
            })
    void thePublicPortServesItsPaths(String path) throws IOException {
        assertThat(get(api.publicPort, path)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/app/export/v1/openapi.json",
                "/internal/export/v1/openapi.json",
                "/internal/export/v1/openapi.json/",
                "/app/export/v1/ping",
                "/app/export/v1/ping/",
                "/internal/export/v1/ping",
                "/internal/export/v1/%70ing"
            })
    void theInternalPortServesItsPaths(String path) throws IOException {
        assertThat(get(api.internalPort, path)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/export/v1/openapi.json",
                "/internal/export/v1/openapi.json",
                "/app/export/v1/ping",
                "/internal/export/v1/ping",
                "/app/export/v1/x/exampleApp/y/upload",
                "/api/export/v1/../../../app/export/v1/openapi.json",
                "/api/export/v1/..%2f..%2f..%2fapp/export/v1/openapi.json",
                "/api/export/v1/%2e%2e/%2e%2e/%2e%2e/app/export/v1/openapi.json",
                "/api/export/v1/..;/..;/..;/app/export/v1/openapi.json",
                "//app/export/v1/openapi.json",
                "/;/app/export/v1/openapi.json",
                "/%61pp/export/v1/openapi.json",
                "/healthz",
                "/readyz",
                "/metrics",
                "/health",
                "/error",
                "/actuator",
                "/index.html",
                "/api/export/v1",
                "/api/export/v1/",
                "/api/export/v1/nope",
                "/api/export/v1x/ping",
                "/API/export/v1/ping",
                "/api/export/v1//ping",
                "/api/export/v1/ping//",
                "/api/export/v1/./ping",
                "/api/export/v1/exports/../ping",
                "/api/export/v1%2Fping",
                "/api/export/v1%252Fping",
                "/api/export/v1%5Cping",
                "/api/export/v1/ping;x=y",
                "/api/export/v1/ping%3Bx",
                "/api/export/v1/ping%0d%0a",
                "/api/export/v1/%2570ing%2F"
            })
    void thePublicPortServesNoOtherPath(String path) throws IOException {
        assertThat(get(api.publicPort, path))
                .startsWith("HTTP/1.1 404")
                .contains("x-rh-insights-request-id: ")
                .contains("application/json")
                .endsWith(NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs",
                "/api/export/v1/ping",
                "/api/export/v1/exports",
                "/api/export/v1/openapi.json",
                "/app/export/v1/../../../api/export/v1/ping",
                "/app/export/v1/..%2f..%2f..%2fapi/export/v1/ping",
                "/internal/export/v1/%252e%252e/%252e%252e/%252e%252e/api/export/v1/ping",
                "/app/export/v1/a%5Cb/openapi.json",
                "/app/export/v1/;/openapi.json",
                "/app/export/v1//openapi.json",
                "//api/export/v1/ping",
                "/metrics",
                "/healthz",
                "/app/export/v1",
                "/app/export/v1/nope",
                "/internal/export/v1/app/export/v1/openapi.json"
            })
    void theInternalPortServesNoOtherPath(String path) throws IOException {
        assertThat(get(api.internalPort, path))
                .startsWith("HTTP/1.1 404")
                .contains("X-Request-Id: ")
                .contains("application/json")
                .endsWith(NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/export/v1/ping",
                "/api/export/v1/openapi.json",
                "/app/export/v1/openapi.json",
                "/app/export/v1/ping",
                "/docs",
                "/nope"
            })
    void theManagementPortServesNoApi(String path) throws IOException {
        assertThat(get(api.managementPort, path))
                .startsWith("HTTP/1.1 404")
                .contains("application/json")
                .endsWith(NOT_FOUND);
    }

    @Test
    void aPathThatLeavesTheRootIsRefused() throws IOException {
        for (int port : List.of(api.publicPort, api.internalPort, api.managementPort)) {
            assertThat(get(port, "/../../etc/passwd"))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/json");
        }
    }

    private static String get(int port, String path) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            return connection
                    .send(
                            "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-rh-identity: %s\r\nx-rh-exports-psk: %s\r\n\r\n"
                                    .formatted(path, Api.someone(), Api.KEY))
                    .rest();
        }
    }
}
