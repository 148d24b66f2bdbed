package com.redhat.cloud.exports.upload;

/** An upload took so long without a sign of life that its content was erased; it may be sent again. */
public final class LeaseLostException extends RuntimeException {

    LeaseLostException() {
        super("the upload stalled for too long and was given up");
    }
}
