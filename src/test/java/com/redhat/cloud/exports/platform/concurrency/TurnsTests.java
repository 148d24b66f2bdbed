package com.redhat.cloud.exports.platform.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TurnsTests {

    private final Turns turns = new Turns("requests", 2, Duration.ofMinutes(1));

    @Test
    void whoHasMuchWaitsAndOthersDoNot() throws Exception {
        CountDownLatch underWay = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> flood = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = i;
                flood.add(threads.submit(() -> turns.take("a", () -> {
                    underWay.countDown();
                    await(go);
                    return number;
                })));
            }
            await(underWay);

            assertThat(turns.<String>take("b", () -> "served")).isEqualTo("served");
            assertThat(flood).noneMatch(Future::isDone);

            go.countDown();
            for (int i = 0; i < 10; i++) {
                assertThat(flood.get(i).get()).isEqualTo(i);
            }
        }
        assertThat(turns.owners()).isZero();
    }

    @Test
    void aFailureEndsTheTurn() {
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> turns.take("a", () -> {
                        throw new IllegalStateException("failed");
                    }));
        }
        assertThat(turns.owners()).isZero();
    }

    @Test
    void whoHasWaitedLongEnoughIsSentAway() {
        Turns impatient = new Turns("requests", 1, Duration.ofMillis(1));

        assertThatExceptionOfType(TooManyAtOnceException.class)
                .isThrownBy(() -> impatient.take("a", () -> impatient.take("a", () -> "twice")))
                .withMessage("too many requests at the moment");
        assertThat(impatient.owners()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
