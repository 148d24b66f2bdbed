package com.redhat.cloud.exports.platform.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The body of an object. Closing it early aborts the connection; the SDK would read the rest, perhaps gigabytes, to reuse it. */
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
