package com.redhat.cloud.exports.download.zip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** An archive as a virtual file: each read is a slice. */
final class SliceChannel implements SeekableByteChannel {

    private final ZipLayout zip;
    private long position;

    SliceChannel(ZipLayout zip) {
        this.zip = zip;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int length = (int) Math.min(target.remaining(), size() - position);
        if (length <= 0) {
            return -1;
        }
        zip.writeTo(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        target.put((byte) b);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int count) {
                        target.put(bytes, offset, count);
                    }
                },
                position,
                length);
        position += length;
        return length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return zip.length();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
