package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.export.SourceStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export to download.
 *
 * @param isDownloadable whether it is complete or partial
 * @param completedAt null only while it is not finished
 * @param zipKey key of the zip that the former service made; null for an export of this service
 * @param needsAdoption whether a source's data is still as the former service stored it
 * @param manifestSize about so many bytes say what is in the archive
 * @param sources in the order of the request
 */
record FinishedExport(
        UUID id,
        boolean isDownloadable,
        String format,
        Instant createdAt,
        @Nullable Instant completedAt,
        @Nullable String zipKey,
        boolean needsAdoption,
        long manifestSize,
        List<Source> sources) {

    /**
     * @param filters a JSON object's text
     * @param content null when the source has failed or its data has expired
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

    /**
     * A stored raw deflate stream. Sizes are in bytes; CRC and digest are of the inflated bytes.
     *
     * @param byteOrderMark whether the data starts with that of UTF-8
     * @param delimiter what separates the fields of CSV; null if it is not known, or for another format
     */
    record Content(
            String storageKey,
            long size,
            long deflatedSize,
            long crc32,
            String sha256,
            boolean byteOrderMark,
            @Nullable String delimiter) {}

    /** The archive's file name; that of a zip of the former service is the name of its object. */
    String zipName() {
        if (zipKey != null) {
            return zipKey.substring(zipKey.lastIndexOf('/') + 1);
        }
        Instant finished = Objects.requireNonNullElse(completedAt, createdAt);
        return "%s-%s.zip".formatted(finished.truncatedTo(ChronoUnit.SECONDS), id);
    }

    String fileName(Source source) {
        return source.id() + "." + format;
    }
}
