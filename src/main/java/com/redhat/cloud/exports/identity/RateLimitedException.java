package com.redhat.cloud.exports.identity;

/** A tenant asks more often than it may. */
public final class RateLimitedException extends RuntimeException {

    private final int retryAfter;

    RateLimitedException(int retryAfter) {
        super("too many requests");
        this.retryAfter = retryAfter;
    }

    /** Seconds until the next request will be served, 1 or more. */
    public int retryAfter() {
        return retryAfter;
    }
}
