package com.redhat.cloud.exports.platform.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails when more bytes than the limit have been read, and on the first read when more are announced. */
final class LimitedInputStream extends FilterInputStream {

    private final int limit;
    private final long announced;
    private int count;

    LimitedInputStream(InputStream in, int limit) {
        this(in, limit, -1);
    }

    /** @param announced the Content-Length, negative if there is none */
    LimitedInputStream(InputStream in, int limit, long announced) {
        super(in);
        this.limit = limit;
        this.announced = announced;
    }

    @Override
    public int read() throws IOException {
        requireWithin(announced);
        int value = super.read();
        add(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        requireWithin(announced);
        int read = super.read(buffer, offset, length);
        add(Math.max(read, 0));
        return read;
    }

    private void add(int read) throws RequestTooLargeException {
        count += read;
        requireWithin(count);
    }

    private void requireWithin(long length) throws RequestTooLargeException {
        if (length > limit) {
            throw new RequestTooLargeException(limit);
        }
    }
}
