package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.concurrency.Places;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import org.springframework.stereotype.Component;

/** Caps what reads the object store at a time, in total and per organisation: connections to it are few. */
@Component
class DownloadPlaces {

    private final Places places;
    private final int maxPerOrganisation;

    DownloadPlaces(ExportProperties properties) {
        ExportProperties.Traffic traffic = properties.traffic();
        this.places = new Places("downloads", traffic.downloads(), traffic.queueTimeout());
        this.maxPerOrganisation = traffic.downloadsPerOrganisation();
    }

    /** @throws com.redhat.cloud.exports.platform.concurrency.TooManyAtOnceException when none becomes free in time */
    Places.Place take(Tenant tenant) {
        return places.take(new Places.Share(tenant.orgId(), maxPerOrganisation));
    }
}
