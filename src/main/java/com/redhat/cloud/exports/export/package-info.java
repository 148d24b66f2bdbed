/** Exports: create, status, list, delete; the statuses and their transitions. */
@Exposes({
    EnabledApplications.class,
    ExportFormat.class,
    ExportNotFoundException.class,
    ExportStatus.class,
    QueryParameters.class,
    SourceStatus.class,
    StorableText.class,
    Uuids.class
})
@NullMarked
package com.redhat.cloud.exports.export;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;
