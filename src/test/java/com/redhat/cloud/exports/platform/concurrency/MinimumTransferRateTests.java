package com.redhat.cloud.exports.platform.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class MinimumTransferRateTests {

    private static final byte[] BYTES = new byte[100_000];
    private static final MinimumTransferRate RATE = new MinimumTransferRate(100_000_000, Duration.ofSeconds(1));

    /** Waits longer than the window of {@link #RATE}. */
    private static void pause(int pieces) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_200) / pieces;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void aClientThatSendsTooSlowlyFails() throws IOException {
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(BYTES)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                pause(4);
                return super.read(buffer, offset, Math.min(length, 100));
            }
        };
        try (InputStream body = RATE.enforceOn(slow)) {
            assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(SlowClientException.class)
                    .hasMessage("fewer than 100000000 bytes a second for 1 s");
        }
        assertThat(slow.available()).isPositive();
    }

    @Test
    void aClientThatTakesTooSlowlyFails() {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        OutputStream slow = new FilterOutputStream(taken) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                pause(4);
                out.write(bytes, offset, length);
            }
        };
        assertThatThrownBy(() -> RATE.enforceOn(slow).write(BYTES)).isInstanceOf(SlowClientException.class);
        assertThat(taken.size()).isLessThan(BYTES.length);
    }

    @Test
    void onlyTimeSpentWaitingForTheClientCounts() throws IOException {
        InputStream body = RATE.enforceOn(new ByteArrayInputStream(BYTES));
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        try (OutputStream answer = RATE.enforceOn(taken)) {
            for (int i = 0; i < 3; i++) {
                answer.write(body.readNBytes(10));
                pause(1);
            }
            body.transferTo(answer);
        }
        assertThat(taken.size()).isEqualTo(BYTES.length);
    }

    @Test
    void withoutARateStreamsStayAsTheyAre() {
        InputStream body = InputStream.nullInputStream();
        OutputStream answer = OutputStream.nullOutputStream();
        MinimumTransferRate any = new MinimumTransferRate(0, Duration.ofSeconds(1));
        assertThat(any.enforceOn(body)).isSameAs(body);
        assertThat(any.enforceOn(answer)).isSameAs(answer);
    }
}
