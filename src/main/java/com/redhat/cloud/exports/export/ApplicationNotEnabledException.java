package com.redhat.cloud.exports.export;

/** A source's application or resource is not among those that this service exports. */
public final class ApplicationNotEnabledException extends RuntimeException {

    ApplicationNotEnabledException() {
        super("Payload does not match Configured Exports");
    }
}
