package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** An upload took so long without a sign of life that its content was erased; it may be sent again. */
public final class LeaseLostException extends ServiceException {

    LeaseLostException() {
        super(Kind.UNAVAILABLE, "the upload stalled for too long and was given up");
    }
}
