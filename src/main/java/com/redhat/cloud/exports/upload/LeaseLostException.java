package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** An upload stalled until its object was deleted. The client may send it again. */
final class LeaseLostException extends ServiceException {

    LeaseLostException() {
        super(Kind.UNAVAILABLE, "the upload stalled for too long and was given up");
    }
}
