package com.redhat.cloud.exports.identity;

/** A caller of the internal API without a valid key. The message never holds a key. */
public final class PreSharedKeyException extends RuntimeException {

    private final int status;

    private PreSharedKeyException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status: 400 when the header is missing, 401 when the key is wrong, 403 when the application has none. */
    public int status() {
        return status;
    }

    static PreSharedKeyException missing() {
        return new PreSharedKeyException(400, "missing x-rh-exports-psk header");
    }

    static PreSharedKeyException unknown() {
        return new PreSharedKeyException(401, "invalid x-rh-exports-psk header");
    }

    static PreSharedKeyException notConfigured() {
        return new PreSharedKeyException(403, "no PSK configured for application");
    }

    static PreSharedKeyException wrongForApplication() {
        return new PreSharedKeyException(401, "invalid x-rh-exports-psk header for application");
    }
}
