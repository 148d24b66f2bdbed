package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportFormat;
import com.redhat.cloud.exports.export.SourceStatus;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A source at the time of a call by its application.
 *
 * @param expired whether its own time has come, which may be before the export's
 * @param earlier its result, null while it is pending
 */
record RequestedSource(
        UUID exportId,
        UUID id,
        String orgId,
        String application,
        ExportFormat format,
        SourceStatus status,
        boolean expired,
        @Nullable Earlier earlier) {

    /** An earlier result, as far as needed to recognise it when it is sent again; the SHA-256 is null for an error. */
    record Earlier(int code, @Nullable String message, long size, byte @Nullable [] sha256) {

        /** @param maxMessage bytes of a message that count; older ones may have been stored whole */
        boolean isSame(SourceResult.Failure failure, int maxMessage) {
            return message != null
                    && new SourceResult.Failure(code, message).cutTo(maxMessage).equals(failure);
        }

        boolean isSame(long otherSize, byte[] otherSha256) {
            return size == otherSize && Arrays.equals(sha256, otherSha256);
        }
    }
}
