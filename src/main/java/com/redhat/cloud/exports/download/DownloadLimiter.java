package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.TrafficProperties;
import org.springframework.stereotype.Component;

/** Caps downloads and previews at a time, in total and per organisation: connections to the object store are few. */
@Component
class DownloadLimiter {

    private final FairLimiter limiter;
    private final int maxPerOrganisation;

    DownloadLimiter(ExportProperties properties) {
        TrafficProperties traffic = properties.traffic();
        this.limiter = FairLimiter.of("downloads", traffic.maxDownloads(), traffic.queueTimeout());
        this.maxPerOrganisation = traffic.maxDownloadsPerOrganisation();
    }

    /** @throws com.redhat.cloud.exports.platform.errors.ServiceException when no permit is granted in time */
    FairLimiter.Permit acquire(Tenant tenant) {
        return limiter.acquire(new FairLimiter.Share(tenant.orgId(), maxPerOrganisation));
    }
}
