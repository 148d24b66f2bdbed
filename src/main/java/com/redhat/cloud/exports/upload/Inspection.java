package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.upload.validation.ContentValidator;

/** Hashes, validates and counts a body while it passes. */
final class Inspection {

    private final ContentValidator validator;
    private final long maxRows;
    private final ContentDigest digest = new ContentDigest();

    /** @param maxRows 0 for any number */
    Inspection(ContentValidator validator, long maxRows) {
        this.validator = validator;
        this.maxRows = maxRows;
    }

    /**
     * @throws com.redhat.cloud.exports.upload.validation.InvalidContentException when the body is not valid
     * @throws PayloadTooLargeException when it has too many rows
     */
    void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        validator.accept(bytes, offset, length);
        requireRows();
    }

    /** Ends the body, with the same errors. */
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
