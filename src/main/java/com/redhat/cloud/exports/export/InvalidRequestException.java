package com.redhat.cloud.exports.export;

/** A request that cannot be understood or served; the message tells the caller why. */
public final class InvalidRequestException extends RuntimeException {

    private InvalidRequestException(String message) {
        super(message);
    }

    public static InvalidRequestException because(String reason) {
        return new InvalidRequestException(reason);
    }
}
