package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.upload.validation.ContentValidator;

/** Hashes, validates and counts a body as it streams. */
final class Inspection {

    private final ContentValidator validator;
    private final long maxRows;
    private final ContentDigest digest = new ContentDigest();

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

    private void requireRows() {
        if (maxRows > 0 && validator.rows() > maxRows) {
            throw PayloadTooLargeException.ofRows(maxRows);
        }
    }
}
