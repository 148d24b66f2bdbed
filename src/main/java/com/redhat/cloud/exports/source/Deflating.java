package com.redhat.cloud.exports.source;

import com.redhat.cloud.exports.storage.ObjectUpload;
import java.util.zip.Deflater;

/** Deflates a body into an object: one raw deflate stream (RFC 1951), as it will stand in the archive. */
final class Deflating implements AutoCloseable {

    private final ObjectUpload upload;
    private final Deflater deflater;
    private final byte[] output = new byte[16 * 1024];

    Deflating(ObjectUpload upload, int level) {
        this.upload = upload;
        this.deflater = new Deflater(level, true);
    }

    void write(byte[] block, int length) {
        deflater.setInput(block, 0, length);
        while (!deflater.needsInput()) {
            drain();
        }
    }

    void finish() {
        deflater.finish();
        while (!deflater.finished()) {
            drain();
        }
    }

    /** Bytes of the stream so far. */
    long size() {
        return deflater.getBytesWritten();
    }

    /** Frees the deflater's memory, which is not on the heap. */
    @Override
    public void close() {
        deflater.end();
    }

    private void drain() {
        int count = deflater.deflate(output);
        upload.write(output, 0, count);
    }
}
