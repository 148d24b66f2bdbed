package com.redhat.cloud.exports.export;

/** A request that asks for more than the service is set to take at once. */
public final class RequestOverLimitException extends RuntimeException {

    private RequestOverLimitException(String message) {
        super(message);
    }

    static RequestOverLimitException because(String reason) {
        return new RequestOverLimitException(reason);
    }
}
