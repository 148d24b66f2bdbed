package com.redhat.cloud.exports.source;

/** An upload over the limit. */
public final class PayloadTooLargeException extends RuntimeException {

    private PayloadTooLargeException(String message) {
        super(message);
    }

    static PayloadTooLargeException of(int limitMib) {
        return new PayloadTooLargeException("payload is too large, max size: %dMB".formatted(limitMib));
    }
}
