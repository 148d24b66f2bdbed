package com.redhat.cloud.exports.upload.validation;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/**
 * A body is not valid in its format. The message names the line (from 1) and byte (from 0) of the fault, and quotes at most
 * one byte of the body.
 */
public final class InvalidContentException extends ServiceException {

    /** Lets a route refuse data by its own rule. */
    public InvalidContentException(String message) {
        super(Kind.UNPROCESSABLE, message);
    }

    InvalidContentException(String format, long line, long position, String fault) {
        super(Kind.UNPROCESSABLE, "invalid %s at line %d, byte %d: %s".formatted(format, line, position, fault));
    }
}
