package com.redhat.cloud.exports.platform.concurrency;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** No place became free in time. */
public final class TooManyAtOnceException extends ServiceException {

    TooManyAtOnceException(String what) {
        super(Kind.TOO_MANY, "too many %s at the moment".formatted(what));
    }
}
