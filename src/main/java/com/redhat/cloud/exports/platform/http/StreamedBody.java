package com.redhat.cloud.exports.platform.http;

import java.io.IOException;
import java.io.OutputStream;

/** A response body that is produced while it is sent. */
@FunctionalInterface
public interface StreamedBody {

    /** @throws IOException if the response cannot be finished; the client must see a broken one */
    void writeTo(OutputStream out) throws IOException;
}
