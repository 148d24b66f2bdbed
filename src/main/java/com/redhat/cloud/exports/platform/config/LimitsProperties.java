package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;
import static com.redhat.cloud.exports.platform.config.Requirements.requireAtLeast;
import static com.redhat.cloud.exports.platform.config.Requirements.requireSize;

import org.springframework.util.unit.DataSize;

/**
 * How large a request and its parts may be (docs/limits.md).
 *
 * @param maxBodySize largest body of a request to the public API, and to {@code /error}
 * @param maxHeaderSize largest request line and headers
 * @param maxJsonDepth deepest nesting of JSON in these bodies
 * @param maxUploadJsonDepth deepest nesting of JSON in an upload
 * @param maxUploadRatio largest ratio of the size of an upload to the size of its gzip or zstd encoding
 * @param maxTextLength longest text in these bodies, field name or value, in characters
 * @param maxNameLength longest {@code name} of an export, in characters
 * @param maxMessageSize longest stored message of an error, up to 64KB; a longer one is truncated
 * @param maxSources largest number of sources in an export
 * @param maxFiltersSize largest {@code filters} of a source
 * @param maxPageLength largest number of exports in a page of the list
 * @param maxPageSize a page of the list ends with the export that takes it to so many bytes
 * @param maxRows largest number of CSV records, or of elements of the outermost JSON arrays, in an upload; 0: no limit
 */
public record LimitsProperties(
        DataSize maxBodySize,
        DataSize maxHeaderSize,
        int maxJsonDepth,
        int maxUploadJsonDepth,
        int maxUploadRatio,
        int maxTextLength,
        int maxNameLength,
        DataSize maxMessageSize,
        int maxSources,
        DataSize maxFiltersSize,
        int maxPageLength,
        DataSize maxPageSize,
        long maxRows) {
    public LimitsProperties {
        requireSize("EXPORT_LIMIT_BODY", maxBodySize);
        requireSize("EXPORT_LIMIT_HEADERS", maxHeaderSize);
        requireAtLeast(1, "EXPORT_LIMIT_JSON_DEPTH", maxJsonDepth);
        requireAtLeast(1, "EXPORT_LIMIT_UPLOAD_JSON_DEPTH", maxUploadJsonDepth);
        requireAtLeast(1, "EXPORT_LIMIT_UPLOAD_RATIO", maxUploadRatio);
        requireAtLeast(1, "EXPORT_LIMIT_TEXT", maxTextLength);
        requireAtLeast(1, "EXPORT_LIMIT_NAME", maxNameLength);
        // shown_message() and sql/upload/find.sql read no more of it.
        require(
                maxMessageSize.toBytes() >= 4 && maxMessageSize.toKilobytes() <= 64,
                "EXPORT_LIMIT_MESSAGE",
                "must be from 4 bytes to 64KB, but is " + maxMessageSize.toBytes() + " bytes");
        requireAtLeast(1, "EXPORT_LIMIT_SOURCES", maxSources);
        requireSize("EXPORT_LIMIT_FILTERS", maxFiltersSize);
        requireAtLeast(1, "EXPORT_LIMIT_PAGE", maxPageLength);
        requireSize("EXPORT_LIMIT_PAGE_SIZE", maxPageSize);
        requireAtLeast(0, "EXPORT_LIMIT_ROWS", maxRows);
    }
}
