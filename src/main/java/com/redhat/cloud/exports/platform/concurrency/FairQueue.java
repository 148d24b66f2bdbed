package com.redhat.cloud.exports.platform.concurrency;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose owners take turns, however many waiters each of them has. The waiters of one owner keep their order.
 *
 * <p>The owner at the head may be blocked until a resource is free; it keeps its turn meanwhile. No operation takes longer
 * with more waiters; with more owners it takes logarithmic time. Not thread-safe.
 */
final class FairQueue<W extends Waiter> {

    private final Map<Object, Line<W>> lines = new HashMap<>();

    /** Lines by turn. */
    private final NavigableMap<Long, Line<W>> ready = new TreeMap<>();

    /** Lines by the resource that they need, then by turn. */
    private final Map<Object, NavigableMap<Long, Line<W>>> blocked = new HashMap<>();

    private long lastTurn;
    private int size;

    /** One owner's waiters, at least one. */
    private static final class Line<W> {

        private final Object owner;

        /** A set, so that one that gives up leaves at no cost. */
        private final SequencedSet<W> waiters = new LinkedHashSet<>();

        private long turn;
        private @Nullable Object blockedBy;

        Line(Object owner) {
            this.owner = owner;
        }
    }

    void add(W waiter) {
        lines.computeIfAbsent(waiter.owner(), owner -> {
                    Line<W> line = new Line<>(owner);
                    takeNextTurn(line);
                    return line;
                })
                .waiters
                .add(waiter);
        size++;
    }

    private void takeNextTurn(Line<W> line) {
        line.turn = ++lastTurn;
        ready.put(line.turn, line);
    }

    /** Returns the waiter at the head, or null if every owner is blocked or none waits. */
    @Nullable
    W peek() {
        return first(ready);
    }

    /** Removes the waiter that {@link #peek()} returns. The next owner comes to the head. */
    @Nullable
    W poll() {
        if (ready.isEmpty()) {
            return null;
        }
        Line<W> line = ready.pollFirstEntry().getValue();
        W waiter = line.waiters.removeFirst();
        size--;
        if (line.waiters.isEmpty()) {
            lines.remove(line.owner);
        } else {
            takeNextTurn(line);
        }
        return waiter;
    }

    /** Removes a waiter that gives up. Returns false if it is in the queue no more. */
    boolean remove(W waiter) {
        Line<W> line = lines.get(waiter.owner());
        if (line == null || !line.waiters.remove(waiter)) {
            return false;
        }
        size--;
        if (line.waiters.isEmpty()) {
            lines.remove(line.owner);
            withdraw(line);
        }
        return true;
    }

    private void withdraw(Line<W> line) {
        if (line.blockedBy == null) {
            ready.remove(line.turn);
            return;
        }
        NavigableMap<Long, Line<W>> others = blocked.get(line.blockedBy);
        others.remove(line.turn);
        if (others.isEmpty()) {
            blocked.remove(line.blockedBy);
        }
    }

    /** Blocks the owner at the head. */
    void block(Object resource) {
        Line<W> line = ready.pollFirstEntry().getValue();
        line.blockedBy = resource;
        blocked.computeIfAbsent(resource, _ -> new TreeMap<>()).put(line.turn, line);
    }

    /** Returns the first waiter of the owner that {@link #unblock} would unblock, or null. */
    @Nullable
    W peekBlocked(Object resource) {
        NavigableMap<Long, Line<W>> lines = blocked.get(resource);
        return lines == null ? null : first(lines);
    }

    /** Unblocks one owner, the one whose turn comes first. */
    void unblock(Object resource) {
        Line<W> line = blocked.get(resource).firstEntry().getValue();
        withdraw(line);
        line.blockedBy = null;
        ready.put(line.turn, line);
    }

    int size() {
        return size;
    }

    private static <W> @Nullable W first(NavigableMap<Long, Line<W>> lines) {
        return lines.isEmpty() ? null : lines.firstEntry().getValue().waiters.getFirst();
    }
}
