package com.redhat.cloud.exports.platform.concurrency;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** A request has waited too long for its turn. */
public final class TooManyAtOnceException extends ServiceException {

    TooManyAtOnceException(String subject) {
        super(Kind.TOO_MANY, "too many %s at the moment".formatted(subject));
    }
}
