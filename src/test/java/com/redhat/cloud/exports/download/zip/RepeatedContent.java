package com.redhat.cloud.exports.download.zip;

import java.io.InputStream;

/** Content of any length: {@code piece} repeated, then {@code tail}. */
record RepeatedContent(byte[] piece, long times, byte[] tail) implements ContentSource {

    long length() {
        return piece.length * times + tail.length;
    }

    @Override
    public InputStream open(long offset, long length) {
        return new InputStream() {
            private long position = offset;

            @Override
            public int read() {
                throw new UnsupportedOperationException("one byte at a time");
            }

            @Override
            public int read(byte[] buffer, int from, int count) {
                if (position == offset + length) {
                    return -1;
                }
                boolean inTail = position >= piece.length * times;
                byte[] source = inTail ? tail : piece;
                int start = (int) (inTail ? position - piece.length * times : position % piece.length);
                int read = (int) Math.min(Math.min(count, source.length - start), offset + length - position);
                System.arraycopy(source, start, buffer, from, read);
                position += read;
                return read;
            }
        };
    }
}
