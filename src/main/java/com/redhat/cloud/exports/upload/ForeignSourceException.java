package com.redhat.cloud.exports.upload;

/** The path names another application than the source's own. */
public final class ForeignSourceException extends RuntimeException {

    ForeignSourceException() {
        super("this source belongs to another application");
    }
}
