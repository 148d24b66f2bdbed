package com.redhat.cloud.exports.platform.concurrency;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The slowest that a client may be. Only the time counts in which it is waited for: what the service itself takes to
 * think or to store is not the client's.
 *
 * @param bytesPerSecond on average over a window, 0 for any
 * @param window of time waited, after which the average is looked at and begun anew
 */
public record MinimumTransferRate(int bytesPerSecond, Duration window) {

    /** What a client is given at a time, so that it is looked at in between. */
    private static final int PIECE = 8 * 1024;

    /** One at which so many bytes take no longer than the window: as long as they flow, they hold memory. */
    public MinimumTransferRate within(long bytes) {
        long rate = Math.max(bytesPerSecond, bytes / Math.max(1, window.toSeconds()));
        return bytesPerSecond == 0 ? this : new MinimumTransferRate(Math.toIntExact(rate), window);
    }

    /** A body that fails with {@link SlowClientException} when the client sends it too slowly. */
    public InputStream of(InputStream body) {
        return bytesPerSecond == 0 ? body : new PacedInput(body);
    }

    /** An answer that fails with {@link SlowClientException} when the client takes it too slowly. */
    public OutputStream of(OutputStream answer) {
        return bytesPerSecond == 0 ? answer : new PacedOutput(answer);
    }

    private final class Watch {

        private final long longest = window.toNanos();
        private final long least = Math.max(1, (long) bytesPerSecond * window.toSeconds());
        private long waited;
        private long bytes;

        void count(long start, int count) throws SlowClientException {
            waited += System.nanoTime() - start;
            bytes += count;
            if (waited > longest) {
                if (bytes < least) {
                    throw new SlowClientException(MinimumTransferRate.this);
                }
                waited = 0;
                bytes = 0;
            }
        }
    }

    private final class PacedInput extends FilterInputStream {

        private final Watch watch = new Watch();

        PacedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            long start = System.nanoTime();
            int value = super.read();
            watch.count(start, value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            long start = System.nanoTime();
            int read = super.read(buffer, offset, length);
            watch.count(start, Math.max(read, 0));
            return read;
        }
    }

    private final class PacedOutput extends FilterOutputStream {

        private final Watch watch = new Watch();

        PacedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int sent = 0; sent < length; ) {
                int piece = Math.min(PIECE, length - sent);
                long start = System.nanoTime();
                out.write(bytes, offset + sent, piece);
                watch.count(start, piece);
                sent += piece;
            }
        }
    }
}
