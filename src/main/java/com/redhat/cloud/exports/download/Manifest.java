package com.redhat.cloud.exports.download;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The archive's {@code meta.json}. Its keys and their order (contract section 7) follow from the components here.
 *
 * @param exportDate when the export was requested; written in whole seconds
 * @param failedFiles left out when empty
 */
@JsonNaming(SnakeCaseStrategy.class)
record Manifest(
        String exportedBy,
        @JsonSerialize(using = ToStringSerializer.class) Instant exportDate,
        String exportOrgId,
        List<FileMeta> fileMeta,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FailedFile> failedFiles,
        String helpString) {

    /** Its own mapper, since the archive's bytes must not change with the application's JSON settings. */
    private static final JsonMapper JSON = new JsonMapper();

    Manifest {
        exportDate = exportDate.truncatedTo(ChronoUnit.SECONDS);
        fileMeta = List.copyOf(fileMeta);
        failedFiles = List.copyOf(failedFiles);
    }

    /**
     * A file in the archive.
     *
     * @param filters a JSON object's text, copied as it is
     * @param size bytes
     * @param sha256 lower-case hex
     * @param bom whether the file starts with the byte order mark of UTF-8; left out when it does not
     * @param delimiter what separates the fields of CSV; left out when it is a comma, or not known
     */
    record FileMeta(
            String filename,
            String application,
            String resource,
            @JsonRawValue @Nullable String filters,
            long size,
            String sha256,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bom,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String delimiter) {

        FileMeta {
            delimiter = ",".equals(delimiter) ? null : delimiter;
        }
    }

    /** A file that its application could not deliver. */
    record FailedFile(String filename, String application, String resource, FileError error) {}

    /** @param code the application's error number, a string in the JSON */
    record FileError(
            @JsonFormat(shape = JsonFormat.Shape.STRING) int code, String message) {}

    /** Renders {@code meta.json} in UTF-8. Equal manifests give equal bytes. */
    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
