package com.redhat.cloud.exports.platform.concurrency;

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

    private static Places places(int most, Duration queueTimeout) {
        return new Places("things", most, queueTimeout);
    }

    private static Places.Share share(String owner, int most) {
        return new Places.Share(owner, most);
    }

    /** As of an application that has three tenants: one of them cannot have what is left to it. */
    @Test
    void ownersThatShareAPlaceAreBoundEach() {
        Places places = places(4, Duration.ofMillis(10));
        Places.Share application = share("application", 3);
        List<Places.Place> taken = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            taken.add(places.take(application, share("tenant-1", 2)));
        }
        assertThatThrownBy(() -> places.take(application, share("tenant-1", 2)))
                .isInstanceOf(TooManyAtOnceException.class);
        taken.add(places.take(application, share("tenant-2", 2)));
        assertThatThrownBy(() -> places.take(application, share("tenant-3", 2)))
                .isInstanceOf(TooManyAtOnceException.class);
        taken.add(places.take(share("another", 3), share("tenant-3", 2)));
        taken.forEach(Places.Place::close);
        assertThat(places.taken()).isZero();
    }

    @Test
    void oneOwnerLeavesPlacesToTheOthers() {
        Places places = places(4, Duration.ofMillis(10));
        List<Places.Place> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            taken.add(places.take(share("a", 3)));
        }
        assertThatThrownBy(() -> places.take(share("a", 3)))
                .isInstanceOf(TooManyAtOnceException.class)
                .hasMessage("too many things at the moment");
        taken.add(places.take(share("b", 3)));
        assertThatThrownBy(() -> places.take(share("c", 3))).isInstanceOf(TooManyAtOnceException.class);
        taken.forEach(Places.Place::close);
        assertThat(places.taken()).isZero();
    }

    @Test
    void whoWaitsGetsThePlaceThatIsGivenBack() {
        Places places = places(1, Duration.ofMinutes(1));
        Places.Place first = places.take(share("a", 1));
        CompletableFuture<Places.Place> second =
                CompletableFuture.supplyAsync(() -> places.take(share("b", 1)), THREADS);
        assertThat(second).isNotDone();
        first.close();
        second.join().close();
        assertThat(places.taken()).isZero();
    }

    /** An owner that has all that it may have does not stand in the way of those behind it. */
    @Test
    void whoMayHaveNoMoreIsPassed() {
        Places places = places(2, Duration.ofMinutes(1));
        Places.Place first = places.take(share("a", 1));
        CompletableFuture<Places.Place> again =
                CompletableFuture.supplyAsync(() -> places.take(share("a", 1)), THREADS);
        places.take(share("b", 1)).close();
        assertThat(again).isNotDone();
        first.close();
        again.join().close();
    }

    @Test
    void whoHasGivenUpTakesNoPlace() {
        Places places = places(1, Duration.ofMillis(10));
        Places.Place first = places.take(share("a", 1));
        assertThatThrownBy(() -> places.take(share("b", 1))).isInstanceOf(TooManyAtOnceException.class);
        first.close();
        assertThat(places.taken()).isZero();
    }

    @Test
    void aCrowdIsServedOneAfterTheOther() {
        Places places = places(8, Duration.ofMinutes(1));
        List<CompletableFuture<Long>> crowd = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String owner = "owner-" + i % 5;
            crowd.add(CompletableFuture.supplyAsync(
                    () -> {
                        try (Places.Place place = places.take(share(owner, 6))) {
                            Thread.yield();
                            return places.taken();
                        }
                    },
                    THREADS));
        }
        assertThat(crowd).allSatisfy(visit -> assertThat(visit.join()).isBetween(1L, 8L));
        await().until(() -> places.taken() == 0);
    }

    @Test
    void whatIsHeavyIsNotOvertakenAndWhatIsTooHeavyGoesAlone() {
        Places places = places(10, Duration.ofMinutes(1));
        Places.Place light = places.take(4, share("a", 5));
        CompletableFuture<Places.Place> heavy =
                CompletableFuture.supplyAsync(() -> places.take(100, share("b", 5)), THREADS);
        await().until(() -> places.waiting() == 1);
        CompletableFuture<Places.Place> behind =
                CompletableFuture.supplyAsync(() -> places.take(1, share("c", 5)), THREADS);
        await().until(() -> places.waiting() == 2);

        light.close();
        assertThat(places.taken()).isEqualTo(10);
        assertThat(behind).isNotDone();
        heavy.join().close();
        behind.join().close();
        assertThat(places.taken()).isZero();
    }

    @Test
    void whatIsLightGoesOnWhenTheHeavyOneBeforeItGivesUp() {
        Places places = places(10, Duration.ofMillis(200));
        Places.Place most = places.take(9, share("a", 10));
        CompletableFuture<Places.Place> heavy =
                CompletableFuture.supplyAsync(() -> places.take(5, share("b", 10)), THREADS);
        await().until(() -> places.waiting() == 1);
        places.take(1, share("c", 10)).close();
        assertThatThrownBy(heavy::join).hasCauseInstanceOf(TooManyAtOnceException.class);
        most.close();
    }
}
