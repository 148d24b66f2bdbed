package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Permit;

/** Bytes of a part, from the {@link BufferPool} or not. Closed once. */
record Buffer(byte[] bytes, Permit permit) implements AutoCloseable {

    static Buffer unpooled(int size) {
        return new Buffer(new byte[size], () -> {});
    }

    @Override
    public void close() {
        permit.close();
    }
}
