package com.redhat.cloud.exports.upload.validation;

/**
 * Decides whether an uploaded body is what its format promises, while the body streams past: nothing of it is kept.
 * One instance checks one body, on one thread; after an exception it is of no further use.
 */
public interface ContentValidator {

    /** Takes the next {@code length} bytes of the body; they may be cut anywhere, also within a character. */
    void accept(byte[] block, int offset, int length) throws InvalidContentException;

    /** Says that the body is complete. */
    void finish() throws InvalidContentException;

    /** CSV records, or elements of a JSON document's outermost arrays, that have begun so far. */
    long rows();
}
