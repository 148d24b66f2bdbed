package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Permit;

/** Bytes of a part, of the {@link BufferPool} or of their own. To be closed once. */
record Buffer(byte[] bytes, Permit permit) implements AutoCloseable {

    static Buffer unpooled(int size) {
        return new Buffer(new byte[size], () -> {});
    }

    @Override
    public void close() {
        permit.close();
    }
}
