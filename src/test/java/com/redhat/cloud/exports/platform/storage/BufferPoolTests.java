package com.redhat.cloud.exports.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

class BufferPoolTests {

    private final BufferPool pool = new BufferPool(4);

    /** Acquires buffers one by one. */
    private List<CompletableFuture<Buffer>> acquire(String organisation, int count) {
        List<CompletableFuture<Buffer>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int waiting = pool.waiting();
            CompletableFuture<Buffer> buffer =
                    CompletableFuture.supplyAsync(() -> pool.acquire(organisation), Thread::startVirtualThread);
            await().until(() -> buffer.isDone() || pool.waiting() > waiting);
            asked.add(buffer);
        }
        return asked;
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private static long served(List<CompletableFuture<Buffer>> asked) {
        return asked.stream().filter(CompletableFuture::isDone).count();
    }

    @Test
    void oneOrganisationLeavesAQuarterToTheOthers() {
        List<CompletableFuture<Buffer>> many = acquire("many", 60);
        assertThat(served(many)).isEqualTo(3);
        assertThat(acquire("one", 1).getFirst()).isDone();
    }

    @Test
    void uploadsOfAnOrganisationAreServedInOrder() {
        List<CompletableFuture<Buffer>> many = acquire("many", 60);
        for (int i = 0; i < 57; i++) {
            CompletableFuture<Buffer> next = many.get(i + 3);
            assertThat(next).isNotDone();
            many.get(i).join().close();
            await().until(next::isDone);
        }
    }

    @Test
    void organisationsTakeTurnsHoweverManyUploadsEachHas() {
        List<CompletableFuture<Buffer>> first = acquire("first", 60);
        List<CompletableFuture<Buffer>> second = acquire("second", 60);
        List<CompletableFuture<Buffer>> late = acquire("late", 1);
        assertThat(served(first)).isEqualTo(3);
        assertThat(served(second)).isEqualTo(1);
        assertThat(served(late)).isZero();

        // "first" has its turn, then "second", then the one that came last.
        first.get(0).join().close();
        first.get(1).join().close();
        first.get(2).join().close();
        await().until(() -> served(late) == 1 && served(first) == 4 && served(second) == 2);
        assertThat(pool.available()).isZero();
    }

    @Test
    void oneUploadIsServedWithinTwoRoundsOfAFlood() {
        List<CompletableFuture<Buffer>> flood = acquire("flood", 1_000);
        CompletableFuture<Buffer> other = acquire("other", 1).getFirst();
        assertThat(other).isDone();
        List<CompletableFuture<Buffer>> another = acquire("another", 1);
        flood.get(0).join().close();
        flood.get(1).join().close();
        await().until(() -> served(another) == 1);
        assertThat(served(flood)).isLessThanOrEqualTo(4);
    }

    @Test
    void aBufferThatIsClosedIsUsedAgain() {
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 10; i++) {
            for (String organisation : List.of("one", "two")) {
                List<CompletableFuture<Buffer>> asked = acquire(organisation, 3);
                asked.forEach(buffer -> arrays.add(buffer.join().bytes()));
                asked.forEach(buffer -> buffer.join().close());
            }
        }
        assertThat(pool.available()).isEqualTo(4);
        assertThat(arrays).hasSize(3);
    }

    /** The smallest heap has two: enough for one upload, or two organisations. */
    @Test
    void twoBuffersServeTwoOrganisations() {
        BufferPool two = new BufferPool(2);
        Buffer first = two.acquire("one");
        Buffer other = two.acquire("two");
        assertThat(first.bytes()).isNotSameAs(other.bytes());
        CompletableFuture<Buffer> again =
                CompletableFuture.supplyAsync(() -> two.acquire("one"), Thread::startVirtualThread);
        await().until(() -> two.waiting() == 1);
        other.close();
        assertThat(again).isNotDone();
        first.close();
        again.join().close();
        assertThat(two.available()).isEqualTo(2);
    }
}
