package com.redhat.cloud.exports.download.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read from any place, for example an object in the store by ranged reads. */
@FunctionalInterface
public interface ContentSource {

    /**
     * Opens the bytes {@code [offset, offset + length)}; {@code length} is never 0.
     *
     * <p>The stream is closed early when the receiver goes away, so closing must not read the rest first.
     */
    InputStream open(long offset, long length) throws IOException;

    static ContentSource of(byte[] bytes) {
        return (offset, length) -> new ByteArrayInputStream(bytes, Math.toIntExact(offset), Math.toIntExact(length));
    }
}
