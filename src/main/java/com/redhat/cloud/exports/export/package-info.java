/** Exports: create, status, list, delete; the statuses and their transitions. */
@Exposes({
    EnabledApplications.class,
    ExportFormat.class,
    ExportNotFoundException.class,
    ExportStatus.class,
    SourceStatus.class
})
@NullMarked
package com.redhat.cloud.exports.export;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;
