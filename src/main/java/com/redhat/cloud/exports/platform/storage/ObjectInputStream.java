package com.redhat.cloud.exports.platform.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object's body. Aborts when it is closed early: the SDK would read the rest, be it gigabytes, to reuse the connection. */
final class ObjectInputStream extends FilterInputStream {

    private final ResponseInputStream<?> response;
    private long remaining;

    ObjectInputStream(ResponseInputStream<GetObjectResponse> response) {
        super(response);
        this.response = response;
        this.remaining = response.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        remaining -= value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        remaining -= Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        if (remaining > 0) {
            response.abort();
        } else {
            super.close();
        }
    }
}
