package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import org.springframework.stereotype.Component;

/** Caps what reads the object store at a time, in total and per organisation: connections to it are few. */
@Component
class DownloadPlaces {

    private final FairLimiter limiter;
    private final int maxPerOrganisation;

    DownloadPlaces(ExportProperties properties) {
        ExportProperties.Traffic traffic = properties.traffic();
        this.limiter = FairLimiter.of("downloads", traffic.maxDownloads(), traffic.queueTimeout());
        this.maxPerOrganisation = traffic.maxDownloadsPerOrganisation();
    }

    /** @throws com.redhat.cloud.exports.platform.concurrency.TooManyAtOnceException when none becomes free in time */
    FairLimiter.Permit take(Tenant tenant) {
        return limiter.acquire(new FairLimiter.Share(tenant.orgId(), maxPerOrganisation));
    }
}
