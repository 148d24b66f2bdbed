package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code POST /exports}: a new export, everything pending. Equal to the byte to its status, which the SQL
 * function {@code export_json} builds, but for characters beyond the basic plane, which Jackson escapes.
 *
 * @param createdAt RFC 3339 in UTC, microseconds
 * @param expiresAt RFC 3339 in UTC, microseconds
 */
@JsonPropertyOrder({"id", "created_at", "expires_at", "name", "format", "status", "sources"})
record ExportView(
        UUID id,
        @JsonProperty("created_at") String createdAt,
        @JsonProperty("expires_at") String expiresAt,
        String name,
        String format,
        String status,
        List<Source> sources)
        implements AcceptedExport {

    /** @param filters a JSON object as it was sent; null, and present, when there is none */
    @JsonPropertyOrder({"id", "application", "status", "resource", "filters"})
    record Source(
            UUID id,
            String application,
            String status,
            String resource,

            @JsonRawValue @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String filters) {}
}
