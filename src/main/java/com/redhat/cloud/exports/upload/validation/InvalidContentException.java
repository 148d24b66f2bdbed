package com.redhat.cloud.exports.upload.validation;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/**
 * The body is not valid in its format. The message is for the caller of the API: it names the line (from 1) and the byte (from
 * 0) of the fault, and shows at most one byte of the body.
 */
public final class InvalidContentException extends ServiceException {

    /** For a route that refuses data by a rule of its own. */
    public InvalidContentException(String message) {
        super(Kind.UNPROCESSABLE, message);
    }

    InvalidContentException(String format, long line, long position, String fault) {
        super(Kind.UNPROCESSABLE, "invalid %s at line %d, byte %d: %s".formatted(format, line, position, fault));
    }
}
