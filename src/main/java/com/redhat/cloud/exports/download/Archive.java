package com.redhat.cloud.exports.download;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A zip that is ready to be sent, whole or in part.
 *
 * @param name its file name
 * @param length in bytes
 * @param etag a strong entity tag, with its quotes
 */
record Archive(String name, long length, String etag, Slices slices) {

    /** Writes the bytes {@code [offset, offset + length)}. */
    @FunctionalInterface
    interface Slices {
        void writeTo(OutputStream out, long offset, long length) throws IOException;
    }
}
