package com.redhat.cloud.exports.archive;

import com.redhat.cloud.exports.export.ExportStatus;
import com.redhat.cloud.exports.export.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export as it is downloaded.
 *
 * @param completedAt null only while it is not finished
 * @param zipKey the finished zip of an export of the former service, null for one of ours
 * @param sources in the order of the request
 */
record FinishedExport(
        UUID id,
        ExportStatus status,
        String format,
        Instant createdAt,
        @Nullable Instant completedAt,
        @Nullable String zipKey,
        List<Source> sources) {

    /**
     * @param filters a JSON object's text
     * @param content null when there is none: it failed, or its time has come
     */
    record Source(
            UUID id,
            String application,
            String resource,
            @Nullable String filters,
            SourceStatus status,
            int code,
            @Nullable String message,
            @Nullable Content content) {}

    /** A stored raw deflate stream; sizes in bytes, sums of the inflated bytes. */
    record Content(String storageKey, long size, long deflatedSize, long crc32, String sha256) {}

    String fileName(Source source) {
        return source.id() + "." + format;
    }
}
