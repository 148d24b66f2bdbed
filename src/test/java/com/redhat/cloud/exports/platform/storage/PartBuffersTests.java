package com.redhat.cloud.exports.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PartBuffersTests {

    private final PartBuffers buffers = new PartBuffers(4);

    private List<CompletableFuture<byte[]>> ask(String organisation, int count) {
        List<CompletableFuture<byte[]>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(buffers.ask(organisation));
        }
        return asked;
    }

    private static long served(List<CompletableFuture<byte[]>> asked) {
        return asked.stream().filter(CompletableFuture::isDone).count();
    }

    @Test
    void oneOrganisationLeavesAQuarterToTheOthers() {
        List<CompletableFuture<byte[]>> many = ask("many", 60);
        assertThat(served(many)).isEqualTo(3);
        assertThat(ask("one", 1).getFirst()).isDone();
    }

    @Test
    void theUploadsOfAnOrganisationAreServedInTheirOrder() {
        List<CompletableFuture<byte[]>> many = ask("many", 60);
        for (int i = 0; i < 57; i++) {
            assertThat(many.get(i + 3)).isNotDone();
            buffers.giveBack("many", many.get(i).join());
            assertThat(many.get(i + 3)).isDone();
        }
    }

    @Test
    void organisationsTakeTurnsHoweverManyUploadsEachHas() {
        List<CompletableFuture<byte[]>> first = ask("first", 60);
        List<CompletableFuture<byte[]>> second = ask("second", 60);
        List<CompletableFuture<byte[]>> late = ask("late", 1);
        assertThat(served(first)).isEqualTo(3);
        assertThat(served(second)).isEqualTo(1);
        assertThat(served(late)).isZero();

        // "first" has its turn, then "second", then the one that came last of all.
        buffers.giveBack("first", first.get(0).join());
        buffers.giveBack("first", first.get(1).join());
        buffers.giveBack("first", first.get(2).join());
        assertThat(served(late)).isEqualTo(1);
        assertThat(served(first)).isEqualTo(4);
        assertThat(served(second)).isEqualTo(2);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        for (int i = 0; i < 10; i++) {
            for (String organisation : List.of("one", "two")) {
                List<CompletableFuture<byte[]>> asked = ask(organisation, 3);
                asked.forEach(buffer -> buffers.giveBack(organisation, buffer.join()));
            }
        }
        assertThat(buffers.available()).isEqualTo(4);
    }

    /** The smallest heap has two: enough for an upload alone, and for two organisations. */
    @Test
    void twoBuffersServeTwoOrganisations() {
        PartBuffers two = new PartBuffers(2);
        assertThat(two.ask("one")).isDone();
        assertThat(two.ask("one")).isNotDone();
        assertThat(two.ask("two")).isDone();
    }
}
