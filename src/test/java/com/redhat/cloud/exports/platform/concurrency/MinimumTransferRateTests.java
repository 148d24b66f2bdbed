package com.redhat.cloud.exports.platform.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinimumTransferRateTests {

    private static final byte[] BYTES = new byte[100_000];
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final MinimumTransferRate PER_KIBIBYTE = new MinimumTransferRate(1024, Duration.ofSeconds(60));
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
    void aClientThatTakesTooSlowlyFails() throws IOException {
        MinimumTransferRate.Meter meter = new MinimumTransferRate.Meter(PER_KIBIBYTE);
        for (int second = 0; second < 120; second++) {
            meter.add(SECOND, second % 2);
        }
        assertThatThrownBy(() -> {
                    for (int second = 0; second < 10; second++) {
                        meter.add(SECOND, 1);
                    }
                })
                .isInstanceOf(SlowClientException.class)
                .hasMessage("fewer than 1024 bytes a second for 60 s");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 64, 100})
    void aSteadyClientMayTakeBytesInBursts(int kibibytes) throws IOException {
        MinimumTransferRate.Meter meter = new MinimumTransferRate.Meter(PER_KIBIBYTE);
        for (int burst = 0; burst < 1000; burst++) {
            for (int second = 0; second < kibibytes; second++) {
                meter.add(SECOND, 0);
            }
            meter.add(0, kibibytes * 1024L);
        }
        assertThat(kibibytes).isPositive();
    }

    @Test
    void beingFastAtFirstEarnsNoCredit() throws IOException {
        MinimumTransferRate.Meter meter = new MinimumTransferRate.Meter(PER_KIBIBYTE);
        meter.add(SECOND, 1_000_000_000);
        meter.add(120 * SECOND, 0);
        assertThatThrownBy(() -> meter.add(10 * SECOND, 0)).isInstanceOf(SlowClientException.class);
    }

    @Test
    void onlyTimeSpentWaitingForTheClientCounts() throws IOException {
        InputStream body = RATE.enforceOn(new ByteArrayInputStream(BYTES));
        for (int i = 0; i < 3; i++) {
            assertThat(body.readNBytes(10)).hasSize(10);
            pause(1);
        }
        assertThat(body.readAllBytes()).hasSize(BYTES.length - 30);
    }

    @Test
    void withoutARateStreamsStayAsTheyAre() {
        InputStream body = InputStream.nullInputStream();
        MinimumTransferRate any = new MinimumTransferRate(0, Duration.ofSeconds(1));
        assertThat(any.enforceOn(body)).isSameAs(body);
    }
}
