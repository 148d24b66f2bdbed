package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportFormat;
import com.redhat.cloud.exports.export.SourceStatus;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A source as it stands when its application calls.
 *
 * @param expired whether its own time has come, which may be before the export's
 * @param answer what it was answered with before, null while it is pending
 */
record RequestedSource(
        UUID exportId,
        UUID id,
        String orgId,
        String application,
        ExportFormat format,
        SourceStatus status,
        boolean expired,
        @Nullable Earlier answer) {

    /** An earlier answer, as far as it is needed to recognise it when it is sent again; its bytes' sum is null for an error. */
    record Earlier(int code, @Nullable String message, long size, byte @Nullable [] sha256) {

        /** @param longestMessage bytes of a message that count; older ones may have been stored whole */
        boolean isSame(SourceResult.Failure failure, int longestMessage) {
            return message != null
                    && new SourceResult.Failure(code, message)
                            .cutTo(longestMessage)
                            .equals(failure);
        }

        boolean isSame(long otherSize, byte[] otherSha256) {
            return size == otherSize && Arrays.equals(sha256, otherSha256);
        }
    }
}
