package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportFormat;
import com.redhat.cloud.exports.export.SourceStatus;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A source as its application finds it.
 *
 * @param format null for one that is not known, of which data is stored unchecked
 * @param expired whether it has expired, perhaps before its export
 * @param earlier its result; null while it is pending
 */
record RequestedSource(
        UUID exportId,
        UUID id,
        String orgId,
        String application,
        @Nullable ExportFormat format,
        SourceStatus status,
        boolean expired,
        @Nullable Earlier earlier) {

    /** Returns where the former service stored the data; null for a format that it did not know. */
    @Nullable
    String formerStorageKey() {
        return format == null ? null : "%s/%s/%s.%s".formatted(orgId, exportId, id, format.wireName());
    }

    /** What identifies an earlier result when it is sent again. The SHA-256 is null for an error, and for data of the former service. */
    record Earlier(int code, @Nullable String message, long size, byte @Nullable [] sha256) {

        /** @param maxMessage bytes of a message to compare; the former service stored longer ones */
        boolean isSame(SourceResult.Failure failure, int maxMessage) {
            return message != null
                    && new SourceResult.Failure(code, message).cutTo(maxMessage).equals(failure);
        }

        boolean isSame(long otherSize, byte[] otherSha256) {
            return size == otherSize && Arrays.equals(sha256, otherSha256);
        }
    }
}
