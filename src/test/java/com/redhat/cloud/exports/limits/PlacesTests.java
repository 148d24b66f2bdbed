package com.redhat.cloud.exports.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class PlacesTests {

    private static final Executor THREADS = Thread::startVirtualThread;

    private static Places places(int most, int mostOfOne, Duration patience) {
        return new Places("things", most, mostOfOne, patience);
    }

    @Test
    void oneOwnerLeavesPlacesToTheOthers() {
        Places places = places(4, 3, Duration.ofMillis(10));
        List<Places.Place> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            taken.add(places.take("a"));
        }
        assertThatThrownBy(() -> places.take("a"))
                .isInstanceOf(TooManyAtOnceException.class)
                .hasMessage("too many things at the moment");
        taken.add(places.take("b"));
        assertThatThrownBy(() -> places.take("c")).isInstanceOf(TooManyAtOnceException.class);
        taken.forEach(Places.Place::close);
        assertThat(places.taken()).isZero();
    }

    @Test
    void whoWaitsGetsThePlaceThatIsGivenBack() {
        Places places = places(1, 1, Duration.ofMinutes(1));
        Places.Place first = places.take("a");
        CompletableFuture<Places.Place> second = CompletableFuture.supplyAsync(() -> places.take("b"), THREADS);
        assertThat(second).isNotDone();
        first.close();
        second.join().close();
        assertThat(places.taken()).isZero();
    }

    /** An owner that has all that it may have does not stand in the way of those behind it. */
    @Test
    void whoMayHaveNoMoreIsPassed() {
        Places places = places(2, 1, Duration.ofMinutes(1));
        Places.Place first = places.take("a");
        CompletableFuture<Places.Place> again = CompletableFuture.supplyAsync(() -> places.take("a"), THREADS);
        places.take("b").close();
        assertThat(again).isNotDone();
        first.close();
        again.join().close();
    }

    @Test
    void whoHasGivenUpTakesNoPlace() {
        Places places = places(1, 1, Duration.ofMillis(10));
        Places.Place first = places.take("a");
        assertThatThrownBy(() -> places.take("b")).isInstanceOf(TooManyAtOnceException.class);
        first.close();
        assertThat(places.taken()).isZero();
    }

    @Test
    void aCrowdIsServedOneAfterTheOther() {
        Places places = places(8, 6, Duration.ofMinutes(1));
        List<CompletableFuture<Integer>> crowd = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String owner = "owner-" + i % 5;
            crowd.add(CompletableFuture.supplyAsync(
                    () -> {
                        try (Places.Place place = places.take(owner)) {
                            Thread.yield();
                            return places.taken();
                        }
                    },
                    THREADS));
        }
        assertThat(crowd).allSatisfy(visit -> assertThat(visit.join()).isBetween(1, 8));
        await().until(() -> places.taken() == 0);
    }
}
