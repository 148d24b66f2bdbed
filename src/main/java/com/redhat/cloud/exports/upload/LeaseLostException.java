package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** An upload stalled for so long that its object was deleted; it may be sent again. */
public final class LeaseLostException extends ServiceException {

    public LeaseLostException() {
        super(Kind.UNAVAILABLE, "the upload stalled for too long and was given up");
    }
}
