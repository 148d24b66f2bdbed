package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** The source has another result. Callers compare the text. */
final class AlreadyProcessedException extends ServiceException {

    AlreadyProcessedException() {
        super(Kind.GONE, "this resource has already been processed");
    }
}
