package com.redhat.cloud.exports.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails once more bytes have come than are allowed. */
final class LimitedInputStream extends FilterInputStream {

    private final int limit;
    private int count;

    LimitedInputStream(InputStream in, int limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        add(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        add(Math.max(read, 0));
        return read;
    }

    private void add(int read) throws RequestTooLargeException {
        count += read;
        if (count > limit) {
            throw new RequestTooLargeException(limit);
        }
    }
}
