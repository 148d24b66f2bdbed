package com.redhat.cloud.exports.upload.validation;

import org.jspecify.annotations.Nullable;

/**
 * Validates a body as it streams, without keeping it. For one body, and one thread at a time; unusable after an
 * exception.
 */
public interface ContentValidator {

    /** Validates the next {@code length} bytes, which may end within a character. */
    void accept(byte[] block, int offset, int length) throws InvalidContentException;

    /** Ends the body. */
    void finish() throws InvalidContentException;

    /** Returns the number of CSV records, or of elements of the outermost JSON arrays, so far. */
    long rows();

    /** Returns what separates the fields of the records, once the first one is complete; null if there are none. */
    default @Nullable String delimiter() {
        return null;
    }
}
