package com.redhat.cloud.exports.platform.http;

import java.io.IOException;
import java.io.OutputStream;

/** An answer's body that is made while it is sent. */
@FunctionalInterface
public interface StreamedBody {

    /** @throws IOException when the answer cannot be finished; the client must see a broken one */
    void writeTo(OutputStream out) throws IOException;
}
