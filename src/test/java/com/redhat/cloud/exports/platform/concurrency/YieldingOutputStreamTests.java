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

    /** More than one for each carrier: with yields alone these would hand the carriers to each other for ever. */
    private static final int BUSY = 3 * Runtime.getRuntime().availableProcessors();

    @Test
    void whoComesFromElsewhereGetsATurn() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch busy = new CountDownLatch(BUSY);
        List<Thread> copies = new ArrayList<>();
        try {
            for (int i = 0; i < BUSY; i++) {
                copies.add(Thread.startVirtualThread(() -> {
                    busy.countDown();
                    copy(over);
                }));
            }
            busy.await();
            Thread newcomer = Thread.startVirtualThread(() -> {});
            await().until(() -> !newcomer.isAlive());
        } finally {
            over.set(true);
            for (Thread copy : copies) {
                copy.join();
            }
        }
    }

    private static void copy(AtomicBoolean over) {
        byte[] bytes = new byte[1024];
        try (OutputStream out = new YieldingOutputStream(OutputStream.nullOutputStream())) {
            while (!over.get()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
