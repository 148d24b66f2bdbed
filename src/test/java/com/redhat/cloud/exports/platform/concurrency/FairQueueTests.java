package com.redhat.cloud.exports.platform.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FairQueueTests {

    private static final int FLOOD = 100_000;

    private final FairQueue<Named> queue = new FairQueue<>();

    private static final class Named extends Waiter {

        private final String name;

        Named(String owner, String name) {
            super(owner, 1);
            this.name = name;
        }
    }

    private Named add(String owner, String name) {
        Named waiter = new Named(owner, name);
        queue.add(waiter);
        return waiter;
    }

    private static @Nullable String name(@Nullable Named waiter) {
        return waiter == null ? null : waiter.name;
    }

    private List<String> pollAll() {
        List<String> names = new ArrayList<>();
        for (Named next = queue.peek(); next != null; next = queue.peek()) {
            names.add(name(queue.poll()));
        }
        return names;
    }

    @Test
    void ownersTakeTurnsAndEachKeepsItsOrder() {
        for (String name : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
            add(name.substring(0, 1), name);
        }
        assertThat(queue.size()).isEqualTo(6);
        assertThat(pollAll()).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
        assertThat(queue.size()).isZero();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void oneWaiterIsServedInTheSecondRoundHoweverManyOthersWait() {
        for (int i = 0; i < FLOOD; i++) {
            add("a", "a" + i);
        }
        add("b", "b");
        assertThat(name(queue.poll())).isEqualTo("a0");
        assertThat(name(queue.poll())).isEqualTo("b");
        assertThat(name(queue.poll())).isEqualTo("a1");
    }

    /** Seconds would be minutes, were an operation to look at each waiter. */
    @Test
    @Timeout(20)
    void noOperationLooksAtAllWaiters() {
        List<Named> waiters = new ArrayList<>();
        for (int i = 0; i < FLOOD; i++) {
            waiters.add(add("a", "a" + i));
            waiters.add(add("owner " + i, "one"));
        }
        for (int i = 0; i < waiters.size(); i += 3) {
            queue.remove(waiters.get(i));
        }
        while (queue.peek() != null) {
            queue.block("full");
        }
        while (queue.peekBlocked("full") != null) {
            queue.unblock("full");
        }
        assertThat(pollAll()).hasSize(2 * FLOOD - (2 * FLOOD + 2) / 3);
    }

    @Test
    void aWaiterThatLeavesIsNotServed() {
        Named first = add("a", "a1");
        add("a", "a2");
        Named only = add("b", "b1");
        assertThat(queue.remove(first)).isTrue();
        assertThat(queue.remove(first)).isFalse();
        assertThat(queue.remove(only)).isTrue();
        assertThat(queue.size()).isEqualTo(1);
        assertThat(pollAll()).containsExactly("a2");
    }

    @Test
    void aBlockedOwnerIsPassedAndKeepsItsTurn() {
        add("a", "a1");
        add("b", "b1");
        add("c", "c1");
        queue.block("full");
        add("a", "a2");
        assertThat(name(queue.peek())).isEqualTo("b1");
        assertThat(name(queue.peekBlocked("full"))).isEqualTo("a1");
        assertThat(queue.peekBlocked("another")).isNull();

        queue.unblock("full");
        assertThat(queue.peekBlocked("full")).isNull();
        assertThat(pollAll()).containsExactly("a1", "b1", "c1", "a2");
    }

    @Test
    void theBlockedAreUnblockedInTheOrderOfTheirTurns() {
        Named first = add("a", "a1");
        add("b", "b1");
        add("c", "c1");
        queue.block("full");
        queue.block("full");
        queue.block("full");
        assertThat(queue.peek()).isNull();

        assertThat(queue.remove(first)).isTrue();
        queue.unblock("full");
        assertThat(pollAll()).containsExactly("b1");
        queue.unblock("full");
        assertThat(pollAll()).containsExactly("c1");
        assertThat(queue.peekBlocked("full")).isNull();
    }
}
