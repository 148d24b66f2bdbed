package com.redhat.cloud.exports.platform.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Permit;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Share;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairLimiterTests {

    private static final Executor THREADS = Thread::startVirtualThread;
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMinutes(1);

    private static FairLimiter limiter(int max, Duration queueTimeout) {
        return FairLimiter.of("things", max, queueTimeout);
    }

    private static Share share(String owner, int max) {
        return new Share(owner, max);
    }

    private static CompletableFuture<Permit> acquireInBackground(FairLimiter limiter, long weight, Share... shares) {
        return CompletableFuture.supplyAsync(() -> limiter.acquire(weight, shares), THREADS);
    }

    /** As for an application with three tenants: none of them can have more than is left of the application's share. */
    @Test
    void aPermitCountsInEachOfItsShares() {
        FairLimiter limiter = limiter(4, SHORT);
        Share application = share("application", 3);
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            permits.add(limiter.acquire(application, share("tenant-1", 2)));
        }
        assertThatThrownBy(() -> limiter.acquire(application, share("tenant-1", 2)))
                .isInstanceOf(ServiceException.class);
        permits.add(limiter.acquire(application, share("tenant-2", 2)));
        assertThatThrownBy(() -> limiter.acquire(application, share("tenant-3", 2)))
                .isInstanceOf(ServiceException.class);
        permits.add(limiter.acquire(share("another", 3), share("tenant-3", 2)));
        permits.forEach(Permit::close);
        assertThat(limiter.used()).isZero();
    }

    @Test
    void aReducedPermitMakesWayForOthers() {
        FairLimiter limiter = limiter(4, SHORT);
        Permit permit = limiter.acquire(4, share("a", 4));
        assertThatThrownBy(() -> limiter.acquire(3, share("b", 4))).isInstanceOf(ServiceException.class);
        permit.reduceTo(1);
        permit.reduceTo(2);
        Permit other = limiter.acquire(3, share("b", 4));
        assertThat(limiter.used()).isEqualTo(4);
        permit.close();
        permit.close();
        assertThat(limiter.used()).isEqualTo(3);
        other.close();
        assertThat(limiter.used()).isZero();
    }

    @Test
    void anOwnerLeavesPermitsToTheOthers() {
        FairLimiter limiter = limiter(4, SHORT);
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            permits.add(limiter.acquire(share("a", 3)));
        }
        assertThatThrownBy(() -> limiter.acquire(share("a", 3)))
                .isInstanceOf(ServiceException.class)
                .hasMessage("too many things at the moment");
        permits.add(limiter.acquire(share("b", 3)));
        assertThatThrownBy(() -> limiter.acquire(share("c", 3))).isInstanceOf(ServiceException.class);
        permits.forEach(Permit::close);
        assertThat(limiter.used()).isZero();
    }

    @Test
    void aWaiterGetsThePermitThatIsClosed() {
        FairLimiter limiter = limiter(1, LONG);
        Permit first = limiter.acquire(share("a", 1));
        CompletableFuture<Permit> second = acquireInBackground(limiter, 1, share("b", 1));
        await().until(() -> limiter.waiting() == 1);
        assertThat(second).isNotDone();
        first.close();
        second.join().close();
        assertThat(limiter.used()).isZero();
    }

    @Test
    void anOwnerThatHasAllItMayHaveIsPassed() {
        FairLimiter limiter = limiter(2, LONG);
        Permit first = limiter.acquire(share("a", 1));
        CompletableFuture<Permit> again = acquireInBackground(limiter, 1, share("a", 1));
        await().until(() -> limiter.waiting() == 1);
        limiter.acquire(share("b", 1)).close();
        assertThat(again).isNotDone();
        first.close();
        again.join().close();
    }

    @Test
    void aWaiterThatHasGivenUpGetsNoPermit() {
        FairLimiter limiter = limiter(1, SHORT);
        Permit first = limiter.acquire(share("a", 1));
        assertThatThrownBy(() -> limiter.acquire(share("b", 1))).isInstanceOf(ServiceException.class);
        first.close();
        assertThat(limiter.used()).isZero();
        assertThat(limiter.waiting()).isZero();
    }

    @Test
    void aCrowdIsServedWithinTheLimits() {
        FairLimiter limiter = limiter(8, LONG);
        List<CompletableFuture<Long>> crowd = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Share application = share("application-" + i % 3, 5);
            Share tenant = share("tenant-" + i % 5, 4);
            crowd.add(CompletableFuture.supplyAsync(
                    () -> {
                        try (Permit permit = limiter.acquire(application, tenant)) {
                            Thread.yield();
                            return limiter.used();
                        }
                    },
                    THREADS));
        }
        assertThat(crowd).allSatisfy(visit -> assertThat(visit.join()).isBetween(1L, 8L));
        await().until(() -> limiter.used() == 0);
        assertThat(limiter.waiting()).isZero();
    }

    @Test
    void aHeavyRequestIsNotOvertakenAndOneThatIsTooHeavyGoesAlone() {
        FairLimiter limiter = limiter(10, LONG);
        Permit light = limiter.acquire(4, share("a", 5));
        CompletableFuture<Permit> heavy = acquireInBackground(limiter, 100, share("b", 5));
        await().until(() -> limiter.waiting() == 1);
        CompletableFuture<Permit> behind = acquireInBackground(limiter, 1, share("c", 5));
        await().until(() -> limiter.waiting() == 2);

        light.close();
        assertThat(limiter.used()).isEqualTo(10);
        assertThat(behind).isNotDone();
        heavy.join().close();
        behind.join().close();
        assertThat(limiter.used()).isZero();
    }

    /** The heavy one waits for the total, or for the share of their common owner. */
    @ParameterizedTest
    @CsvSource({"10, a, b, c", "100, a, a, a"})
    void aLightRequestGoesOnWhenTheHeavyOneBeforeItGivesUp(int total, String first, String second, String third) {
        FairLimiter limiter = limiter(total, Duration.ofMillis(200));
        Permit most = limiter.acquire(9, share(first, 10));
        CompletableFuture<Permit> heavy = acquireInBackground(limiter, 5, share(second, 10));
        await().until(() -> limiter.waiting() == 1);
        limiter.acquire(1, share(third, 10)).close();
        assertThatThrownBy(heavy::join).hasCauseInstanceOf(ServiceException.class);
        most.close();
    }

    @Test
    void oneRequestIsServedWithinTwoRoundsOfAFlood() {
        assertServedWithinTwoRounds(limiter(1, LONG), 10_000);
    }

    /** The flood waits for its application, not for the total. */
    @Test
    void organisationsTakeTurnsWithinAnApplication() {
        FairLimiter limiter = limiter(10, LONG);
        assertServedWithinTwoRounds(limiter, 1_000, share("application", 1));
    }

    private static void assertServedWithinTwoRounds(FairLimiter limiter, int waiting, Share... common) {
        List<String> served = new CopyOnWriteArrayList<>();
        Semaphore next = new Semaphore(0);
        Permit first = limiter.acquire(with(share("a", 5), common));
        List<CompletableFuture<Void>> flood = new ArrayList<>();
        for (int i = 0; i < waiting; i++) {
            flood.add(serveInBackground(limiter, served, next, "a", common));
        }
        await().until(() -> limiter.waiting() == waiting);
        CompletableFuture<Void> other = serveInBackground(limiter, served, next, "b", common);
        await().until(() -> limiter.waiting() == waiting + 1);

        first.close();
        next.release(2);
        other.join();
        assertThat(served.stream().limit(2)).contains("b");
        next.release(waiting);
        flood.forEach(CompletableFuture::join);
        assertThat(limiter.used()).isZero();
    }

    private static CompletableFuture<Void> serveInBackground(
            FairLimiter limiter, List<String> served, Semaphore next, String owner, Share... common) {
        return CompletableFuture.runAsync(
                () -> {
                    try (Permit permit = limiter.acquire(with(share(owner, 5), common))) {
                        served.add(owner);
                        next.acquireUninterruptibly();
                    }
                },
                THREADS);
    }

    private static Share[] with(Share own, Share... common) {
        return Stream.concat(Stream.of(common), Stream.of(own)).toArray(Share[]::new);
    }

    /** Each waits for what the one before it has, in one share or the other. */
    @Test
    void requestsThatShareDifferentLimitsAreAllServed() {
        FairLimiter limiter = limiter(100, LONG);
        Permit applicationFull = limiter.acquire(share("application", 1), share("x", 9));
        Permit tenantFull = limiter.acquire(share("another", 9), share("tenant", 1));
        CompletableFuture<Permit> both = acquireInBackground(limiter, 1, share("application", 1), share("tenant", 1));
        await().until(() -> limiter.waiting() == 1);
        CompletableFuture<Permit> behind = acquireInBackground(limiter, 1, share("application", 1), share("y", 9));
        await().until(() -> limiter.waiting() == 2);

        applicationFull.close();
        behind.join().close();
        assertThat(both).isNotDone();
        tenantFull.close();
        both.join().close();
        assertThat(limiter.used()).isZero();
    }

    @Test
    void withoutATotalAnOwnerWaitsForItselfOnly() throws Exception {
        FairLimiter limiter = FairLimiter.perOwner("requests", LONG);
        CountDownLatch underWay = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> flood = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = i;
                flood.add(threads.submit(() -> limiter.call(share("a", 2), () -> {
                    underWay.countDown();
                    awaitOpen(go);
                    return number;
                })));
            }
            underWay.await();

            assertThat(limiter.<String>call(share("b", 2), () -> "served")).isEqualTo("served");
            assertThat(flood).noneMatch(Future::isDone);

            go.countDown();
            for (int i = 0; i < 10; i++) {
                assertThat(flood.get(i).get()).isEqualTo(i);
            }
        }
        assertThat(limiter.used()).isZero();
    }

    @Test
    void aFailureClosesThePermit() {
        FairLimiter limiter = FairLimiter.perOwner("requests", LONG);
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> limiter.call(share("a", 2), () -> {
                        throw new IllegalStateException("failed");
                    }));
        }
        assertThat(limiter.used()).isZero();
    }

    @Test
    void aCallThatHasWaitedTooLongFails() {
        FairLimiter limiter = FairLimiter.perOwner("requests", Duration.ofMillis(1));
        Share share = share("a", 1);

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> limiter.call(share, () -> limiter.call(share, () -> "twice")))
                .withMessage("too many requests at the moment");
        assertThat(limiter.used()).isZero();
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
