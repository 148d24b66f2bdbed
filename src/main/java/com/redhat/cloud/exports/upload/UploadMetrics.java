package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.EnabledApplications;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Counts uploads under the names that dashboards use (contract section 8). Both counts are gauges, since the name of a
 * counter would end in {@code _total}.
 */
@Component
class UploadMetrics {

    private final MeterRegistry registry;
    private final EnabledApplications applications;
    private final AtomicLong uploads = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    UploadMetrics(MeterRegistry registry, EnabledApplications applications) {
        this.registry = registry;
        this.applications = applications;
        Gauge.builder("export_service_total_s3_uploads", uploads, AtomicLong::doubleValue)
                .description("Uploads so far, failed ones included")
                .register(registry);
        Gauge.builder("export_service_failed_s3_uploads", failures, AtomicLong::doubleValue)
                .description("Failed uploads so far")
                .register(registry);
    }

    /** @param size bytes before deflation */
    void delivered(String application, long size) {
        uploads.incrementAndGet();
        DistributionSummary.builder("export_service_upload_sizes")
                .description("Size of uploads in bytes")
                .tag("app", applications.contains(application) ? application : "other")
                .serviceLevelObjectives(10_240, 102_400, 1_024_000, 10_240_000)
                .register(registry)
                .record(size);
    }

    /** Counts an upload that broke off, on either side. Refused uploads do not count. */
    void failed() {
        uploads.incrementAndGet();
        failures.incrementAndGet();
    }
}
