package com.redhat.cloud.exports.download.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that can be read from any offset, such as an object in the store. */
@FunctionalInterface
public interface ContentSource {

    /**
     * Opens the bytes {@code [offset, offset + length)}; {@code length} is never 0.
     *
     * <p>The stream is closed early when the receiver disconnects, so closing must not read the rest.
     */
    InputStream open(long offset, long length) throws IOException;

    static ContentSource of(byte[] bytes) {
        return (offset, length) -> new ByteArrayInputStream(bytes, Math.toIntExact(offset), Math.toIntExact(length));
    }
}
