package com.redhat.cloud.exports.platform.concurrency;

/** No place became free in time. */
public final class TooManyAtOnceException extends RuntimeException {

    TooManyAtOnceException(String what) {
        super("too many %s at the moment".formatted(what));
    }
}
