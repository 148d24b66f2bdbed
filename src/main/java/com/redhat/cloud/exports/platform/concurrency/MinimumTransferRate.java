package com.redhat.cloud.exports.platform.concurrency;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * The rate at which a client must send or take bytes. Only the time spent waiting for the client counts, not what the
 * service itself takes to work or to store.
 *
 * @param bytesPerSecond 0 for any
 * @param window how long a client may be slower
 */
public record MinimumTransferRate(int bytesPerSecond, Duration window) {

    /** What a client may be behind in addition: proxies, and the windows of TCP, pass on bytes in bursts of that size. */
    private static final int BURST = 64 * 1024;

    /** Returns a rate at which so many bytes take no longer than the window, since they hold memory as long as they flow. */
    public MinimumTransferRate fastEnoughFor(long bytes) {
        long rate = Math.max(bytesPerSecond, bytes / Math.max(1, window.toSeconds()));
        return bytesPerSecond == 0 ? this : new MinimumTransferRate(Math.toIntExact(rate), window);
    }

    /** Returns the body, which fails with {@link SlowClientException} when the client sends it too slowly. */
    public InputStream enforceOn(InputStream body) {
        return bytesPerSecond == 0 ? body : new CheckedInput(body, new Meter(this));
    }

    /** Measures one client. */
    public static final class Meter {

        private final MinimumTransferRate minimum;
        private final double maxBehind;

        /** Bytes that the client should have sent or taken by now, but has not. Being ahead earns no credit. */
        private double behind;

        public Meter(MinimumTransferRate minimum) {
            this.minimum = minimum;
            this.maxBehind = (double) minimum.bytesPerSecond * minimum.window.toSeconds() + BURST;
        }

        /**
         * Counts a time of waiting and what came of it.
         *
         * @throws SlowClientException when the client is too far behind
         */
        public void add(long nanoseconds, long bytes) throws SlowClientException {
            behind = Math.max(0, behind + nanoseconds * 1e-9 * minimum.bytesPerSecond - bytes);
            if (minimum.bytesPerSecond > 0 && behind > maxBehind) {
                throw new SlowClientException(minimum);
            }
        }
    }

    private static final class CheckedInput extends FilterInputStream {

        private final Meter meter;

        CheckedInput(InputStream in, Meter meter) {
            super(in);
            this.meter = meter;
        }

        @Override
        public int read() throws IOException {
            long start = System.nanoTime();
            int value = super.read();
            meter.add(System.nanoTime() - start, value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            long start = System.nanoTime();
            int read = super.read(buffer, offset, length);
            meter.add(System.nanoTime() - start, Math.max(read, 0));
            return read;
        }
    }
}
