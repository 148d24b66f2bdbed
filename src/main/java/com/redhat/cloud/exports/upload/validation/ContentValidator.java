package com.redhat.cloud.exports.upload.validation;

/**
 * Validates a body against its format while it streams past; keeps nothing of it. For one body, one thread at a time;
 * useless after an exception.
 */
public interface ContentValidator {

    /** Takes the next {@code length} bytes of the body, cut anywhere, even within a character. */
    void accept(byte[] block, int offset, int length) throws InvalidContentException;

    /** Ends the body. */
    void finish() throws InvalidContentException;

    /** Counts the CSV records, or elements of a JSON document's outermost arrays, that have begun. */
    long rows();
}
