package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** The source has another result already. Callers look for this very text. */
public final class AlreadyAnsweredException extends ServiceException {

    AlreadyAnsweredException() {
        super(Kind.GONE, "this resource has already been processed");
    }
}
