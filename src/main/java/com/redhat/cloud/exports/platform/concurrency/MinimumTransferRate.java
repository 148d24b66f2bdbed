package com.redhat.cloud.exports.platform.concurrency;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The rate at which a client must send or take bytes. Only the time spent waiting for the client counts, not what the
 * service itself takes to work or to store.
 *
 * @param bytesPerSecond average over a window, 0 for any
 * @param window waiting time after which the average is checked and begins anew
 */
public record MinimumTransferRate(int bytesPerSecond, Duration window) {

    /** Bytes written at a time, with a check after each. */
    private static final int CHUNK_SIZE = 8 * 1024;

    /** Returns a rate at which so many bytes take no longer than the window, since they hold memory as long as they flow. */
    public MinimumTransferRate fastEnoughFor(long bytes) {
        long rate = Math.max(bytesPerSecond, bytes / Math.max(1, window.toSeconds()));
        return bytesPerSecond == 0 ? this : new MinimumTransferRate(Math.toIntExact(rate), window);
    }

    /** Returns the body, which fails with {@link SlowClientException} when the client sends it too slowly. */
    public InputStream enforceOn(InputStream body) {
        return bytesPerSecond == 0 ? body : new CheckedInput(body);
    }

    /** Returns the answer, which fails with {@link SlowClientException} when the client takes it too slowly. */
    public OutputStream enforceOn(OutputStream answer) {
        return bytesPerSecond == 0 ? answer : new CheckedOutput(answer);
    }

    private final class Meter {

        private final long maxWait = window.toNanos();
        private final long minBytes = Math.max(1, (long) bytesPerSecond * window.toSeconds());
        private long waited;
        private long bytes;

        void add(long start, int count) throws SlowClientException {
            waited += System.nanoTime() - start;
            bytes += count;
            if (waited > maxWait) {
                if (bytes < minBytes) {
                    throw new SlowClientException(MinimumTransferRate.this);
                }
                waited = 0;
                bytes = 0;
            }
        }
    }

    private final class CheckedInput extends FilterInputStream {

        private final Meter meter = new Meter();

        CheckedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            long start = System.nanoTime();
            int value = super.read();
            meter.add(start, value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            long start = System.nanoTime();
            int read = super.read(buffer, offset, length);
            meter.add(start, Math.max(read, 0));
            return read;
        }
    }

    private final class CheckedOutput extends FilterOutputStream {

        private final Meter meter = new Meter();

        CheckedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int sent = 0; sent < length; ) {
                int chunk = Math.min(CHUNK_SIZE, length - sent);
                long start = System.nanoTime();
                out.write(bytes, offset + sent, chunk);
                meter.add(start, chunk);
                sent += chunk;
            }
        }
    }
}
