package com.redhat.cloud.exports.identity;

/** The x-rh-identity header is missing or does not name an owner. The message never holds the header. */
public final class InvalidIdentityException extends RuntimeException {

    private InvalidIdentityException(String message) {
        super(message);
    }

    static InvalidIdentityException because(String reason) {
        return new InvalidIdentityException("invalid identity header: " + reason);
    }
}
