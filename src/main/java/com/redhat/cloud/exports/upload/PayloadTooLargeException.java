package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** An upload has too many bytes or rows. */
final class PayloadTooLargeException extends ServiceException {

    private PayloadTooLargeException(String message) {
        super(Kind.TOO_LARGE, message);
    }

    static PayloadTooLargeException ofRows(long limit) {
        return new PayloadTooLargeException("payload has too many rows, max: %d".formatted(limit));
    }

    static PayloadTooLargeException of(int limitMib) {
        return new PayloadTooLargeException("payload is too large, max size: %dMB".formatted(limitMib));
    }
}
