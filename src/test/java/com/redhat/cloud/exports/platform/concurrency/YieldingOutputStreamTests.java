package com.redhat.cloud.exports.platform.concurrency;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class YieldingOutputStreamTests {

    /** More than one a carrier: with yields alone these would hand the carriers to each other for ever. */
    private static final int BUSY = 3 * Runtime.getRuntime().availableProcessors();

    @Test
    void aNewThreadGetsATurn() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch busy = new CountDownLatch(BUSY);
        List<Thread> copies = new ArrayList<>();
        try {
            for (int i = 0; i < BUSY; i++) {
                copies.add(Thread.startVirtualThread(() -> {
                    busy.countDown();
                    copy(stop);
                }));
            }
            busy.await();
            Thread other = Thread.startVirtualThread(() -> {});
            await().until(() -> !other.isAlive());
        } finally {
            stop.set(true);
            for (Thread copy : copies) {
                copy.join();
            }
        }
    }

    private static void copy(AtomicBoolean stop) {
        byte[] bytes = new byte[1024];
        try (OutputStream out = new YieldingOutputStream(OutputStream.nullOutputStream())) {
            while (!stop.get()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
