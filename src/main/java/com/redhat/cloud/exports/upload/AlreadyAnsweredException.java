package com.redhat.cloud.exports.upload;

/** The source has its answer, and this is not the same one again. Callers look for this very text. */
public final class AlreadyAnsweredException extends RuntimeException {

    AlreadyAnsweredException() {
        super("this resource has already been processed");
    }
}
