package com.redhat.cloud.exports.platform.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The management port: probes, and the metrics that dashboards use (contract section 8). */
@ServiceTest
class ManagementTests {

    @Autowired
    Api api;

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz", "/health", "/health/liveness", "/health/readiness"})
    void aRunningServiceIsUp(String path) {
        api.anyone(api.managementPort).get(path).then().statusCode(200).body("status", equalTo("UP"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/info",
                "/env",
                "/configprops",
                "/beans",
                "/heapdump",
                "/threaddump",
                "/loggers",
                "/logfile",
                "/mappings",
                "/conditions",
                "/flyway",
                "/scheduledtasks",
                "/sbom",
                "/shutdown",
                "/camel",
                "/camelroutes",
                "/camelcontext"
            })
    void nothingElseIsExposed(String path) {
        api.anyone(api.managementPort).get(path).then().statusCode(404).contentType("application/json");
        api.anyone(api.managementPort).post(path).then().statusCode(404);
    }

    @Test
    void everyMetricOfTheDashboardsExists() {
        Api.Export export = api.create("json", 1);
        api.upload(export, 0, "[]").then().statusCode(202);
        for (String metric : List.of(
                "export_service_http_requests_total{code=\"202\",method=\"POST\"}",
                "export_service_http_response_time_seconds_count{method=\"POST\"}",
                "export_service_http_response_time_seconds_bucket{method=\"POST\",le=\"0.005\"}",
                "export_service_internal_api_requests_total{base_path=\"/app/export/v1\"}",
                "export_service_total_s3_uploads ",
                "export_service_failed_s3_uploads ",
                "export_service_upload_sizes_bucket{app=\"exampleApp\",le=\"10240.0\"}",
                "export_service_upload_sizes_bucket{app=\"exampleApp\",le=\"1.024E7\"}",
                "export_service_kafka_produced{topic=\"platform.export.requests\"}",
                "export_service_publish_seconds_count{topic=\"platform.export.requests\"}",
                "export_service_kafka_produce_failures{topic=\"platform.export.requests\"}")) {
            assertThat(metrics()).contains("\n" + metric);
        }
    }

    @Test
    void eventsAndUploadsAreCounted() {
        double uploads = value("export_service_total_s3_uploads ");
        double events = value("export_service_kafka_produced{topic=\"platform.export.requests\"} ");
        Api.Export export = api.create("json", 1);
        api.upload(export, 0, "[]").then().statusCode(202);
        assertThat(value("export_service_total_s3_uploads ")).isGreaterThan(uploads);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> value("export_service_kafka_produced{topic=\"platform.export.requests\"} ") > events);
    }

    @Test
    void anInvalidBodyIsNotAFailedUpload() throws IOException {
        double failed = value("export_service_failed_s3_uploads ");
        Api.Export export = api.create("json", 1);
        api.upload(export, 0, "{").then().statusCode(422);
        assertThat(value("export_service_failed_s3_uploads ")).isEqualTo(failed);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Content-Length: 2\r\n").send("[");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> value("export_service_failed_s3_uploads ") > failed);
    }

    @Test
    void requestsAreCountedByStatusAndBasePath() {
        double refused = value("export_service_http_requests_total{code=\"405\",method=\"DELETE\"} ");
        double alias = value("export_service_internal_api_requests_total{base_path=\"/internal/export/v1\"} ");
        api.as(Api.someone()).delete("/api/export/v1/ping").then().statusCode(405);
        api.application().post("/internal/export/v1/x/y/z/upload").then().statusCode(400);
        assertThat(value("export_service_http_requests_total{code=\"405\",method=\"DELETE\"} "))
                .isEqualTo(refused + 1);
        assertThat(value("export_service_internal_api_requests_total{base_path=\"/internal/export/v1\"} "))
                .isEqualTo(alias + 1);
    }

    @Test
    void madeUpNamesAreNoLabels() {
        api.anyone(api.publicPort).request("FROBNICATE", "/made-up-path").then().statusCode(404);
        api.application()
                .post(Api.INTERNAL + "x/made-up-application/y/upload")
                .then()
                .statusCode(400);
        assertThat(metrics())
                .contains("export_service_http_requests_total{code=\"404\",method=\"OTHER\"}")
                .doesNotContain("FROBNICATE", "made-up", Api.KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz"})
    void otherMethodsOfAProbeAreRefused(String path) {
        api.anyone(api.managementPort)
                .post(path)
                .then()
                .statusCode(405)
                .contentType("application/json")
                .header("Allow", containsString("GET"))
                .body("message", equalTo("method not allowed"));
    }

    private String metrics() {
        return api.anyone(api.managementPort)
                .get("/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** Returns 0 for a metric that is not there yet. */
    private double value(String metric) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(metric))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length())))
                .findFirst()
                .orElse(0);
    }
}
