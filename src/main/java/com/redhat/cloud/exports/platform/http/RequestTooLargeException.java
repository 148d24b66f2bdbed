package com.redhat.cloud.exports.platform.http;

import java.io.IOException;

/** A JSON body over the limit; found while it is read, so that it reaches us through whoever reads it. */
final class RequestTooLargeException extends IOException {

    RequestTooLargeException(int limit) {
        super("the request body is larger than %d bytes".formatted(limit));
    }
}
