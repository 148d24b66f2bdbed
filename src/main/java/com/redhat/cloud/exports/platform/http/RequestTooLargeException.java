package com.redhat.cloud.exports.platform.http;

import java.io.IOException;

/** A JSON body exceeds the limit. An IOException, since it is thrown while a parser reads the body. */
final class RequestTooLargeException extends IOException {

    RequestTooLargeException(int limit) {
        super("the request body is larger than %d bytes".formatted(limit));
    }
}
