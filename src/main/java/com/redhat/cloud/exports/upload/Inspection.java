package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.upload.validation.ContentValidator;
import org.jspecify.annotations.Nullable;

/** Hashes, validates and counts a body as it streams. */
final class Inspection {

    private final ContentValidator validator;
    private final long maxRows;
    private final ContentDigest digest = new ContentDigest();
    private boolean byteOrderMark;

    /** @param maxRows 0 for no limit */
    Inspection(ContentValidator validator, long maxRows) {
        this.validator = validator;
        this.maxRows = maxRows;
    }

    /**
     * @throws com.redhat.cloud.exports.upload.validation.InvalidContentException when the body is invalid
     * @throws PayloadTooLargeException when it has too many rows
     */
    void update(byte[] bytes, int offset, int length) {
        if (digest.size() == 0) {
            byteOrderMark = startsWithByteOrderMark(bytes, offset, length);
        }
        digest.update(bytes, offset, length);
        validator.accept(bytes, offset, length);
        requireRows();
    }

    /** Ends the body; throws as {@link #update} does. */
    ContentDigest finish() {
        validator.finish();
        requireRows();
        return digest;
    }

    /** Whether the body starts with the byte order mark of UTF-8. */
    boolean hasByteOrderMark() {
        return byteOrderMark;
    }

    /** Returns what separates the fields of a CSV body, after its end; null for others. */
    @Nullable
    String delimiter() {
        return validator.delimiter();
    }

    /** All blocks but the last are larger. */
    private static boolean startsWithByteOrderMark(byte[] bytes, int offset, int length) {
        return length >= 3
                && bytes[offset] == (byte) 0xef
                && bytes[offset + 1] == (byte) 0xbb
                && bytes[offset + 2] == (byte) 0xbf;
    }

    private void requireRows() {
        if (maxRows > 0 && validator.rows() > maxRows) {
            throw PayloadTooLargeException.ofRows(maxRows);
        }
    }
}
