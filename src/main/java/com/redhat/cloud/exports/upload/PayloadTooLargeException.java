package com.redhat.cloud.exports.upload;

/** An upload over the limit. */
public final class PayloadTooLargeException extends RuntimeException {

    private PayloadTooLargeException(String message) {
        super(message);
    }

    static PayloadTooLargeException ofRows(long limit) {
        return new PayloadTooLargeException("payload has too many rows, max: %d".formatted(limit));
    }

    static PayloadTooLargeException of(int limitMib) {
        return new PayloadTooLargeException("payload is too large, max size: %dMB".formatted(limitMib));
    }
}
