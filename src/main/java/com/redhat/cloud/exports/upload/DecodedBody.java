package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.upload.validation.InvalidContentException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a body as it is read. Refuses one that inflates to too many times its size: a small request could keep the service
 * busy for long. Not thread-safe.
 */
final class DecodedBody extends InputStream {

    /** Bytes that may come of a body of any size. */
    private static final long ALLOWANCE = 1024 * 1024;

    private final ContentCoding coding;
    private final Encoded encoded;
    private final long maxRatio;
    private @Nullable InputStream decoder;
    private long size;

    DecodedBody(ContentCoding coding, InputStream body, long maxRatio) {
        this.coding = coding;
        this.encoded = new Encoded(body);
        this.maxRatio = maxRatio;
    }

    /** The body as it arrives. */
    private static final class Encoded extends FilterInputStream {

        private long count;
        private boolean ended;
        private boolean broken;

        Encoded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            broken = true;
            int read = super.read(bytes, offset, length);
            broken = false;
            count += Math.max(read, 0);
            ended |= read < 0;
            return read;
        }

        /** A gzip decoder looks for another member only where something is available, which may still be on its way. */
        @Override
        public int available() {
            return ended ? 0 : 1;
        }

        @Override
        public void close() {
            // It belongs to the request.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = decode(bytes, offset, length);
        size += Math.max(read, 0);
        if (size > ALLOWANCE && size / maxRatio > encoded.count) {
            throw ServiceException.tooLarge(
                    "the body inflates to more than %d times its size; send it without Content-Encoding"
                            .formatted(maxRatio));
        }
        return read;
    }

    private int decode(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (decoder == null) {
                decoder = coding.decoder(encoded);
            }
            return decoder.read(bytes, offset, length);
        } catch (IOException e) {
            if (encoded.broken) {
                throw e;
            }
            throw new InvalidContentException("the body is not valid %s".formatted(coding.wireName()));
        }
    }

    /** Frees the decoder. */
    @Override
    public void close() throws IOException {
        if (decoder != null) {
            decoder.close();
        }
    }
}
