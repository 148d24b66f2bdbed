package com.redhat.cloud.exports.platform.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The body of an object. A store may cut a connection on which a slow reader takes nothing for long: the stream then continues
 * with a range of the same version. Closing it early aborts the connection; the SDK would read the rest, perhaps gigabytes,
 * to reuse it.
 */
final class ObjectInputStream extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectInputStream.class);

    /** Tries without a byte in between. */
    private static final int MAX_TRIES = 3;

    /** Opens the rest of an object. */
    @FunctionalInterface
    interface Opener {

        /** @param etag of the version to continue with; null at first */
        ResponseInputStream<GetObjectResponse> open(long offset, @Nullable String etag);
    }

    private final Opener opener;
    private final @Nullable String etag;
    private ResponseInputStream<GetObjectResponse> response;
    private long offset;
    private long remaining;
    private int tries;

    /** @param offset of the first byte, for the opener */
    ObjectInputStream(Opener opener, long offset) {
        this.opener = opener;
        this.offset = offset;
        this.response = opener.open(offset, null);
        this.etag = response.response().eTag();
        this.remaining = response.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        while (remaining > 0) {
            try {
                int count = response.read(buffer, start, length);
                if (count >= 0) {
                    offset += count;
                    remaining -= count;
                    tries = 0;
                    return count;
                }
                throw new EOFException("%d bytes are missing".formatted(remaining));
            } catch (IOException | SdkException e) {
                resume(e);
            }
        }
        return -1;
    }

    private void resume(Exception cause) throws IOException {
        response.abort();
        if (++tries > MAX_TRIES) {
            throw new IOException("the object store breaks off again and again", cause);
        }
        LOG.debug("continuing an object at byte {}", offset, cause);
        try {
            response = opener.open(offset, etag);
        } catch (SdkException e) {
            throw new IOException("the object store broke off, and does not continue", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (remaining > 0) {
            response.abort();
        } else {
            response.close();
        }
    }
}
