package com.redhat.cloud.exports.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Records what the service promises and what the harness observes. */
final class Ledger {

    /** An export whose creation was answered with 202. */
    record Accepted(UUID id, Plan plan, Instant at) {}

    /** A record on the topic. */
    record Announcement(UUID exportId, UUID sourceId, String eventId, Instant at) {}

    /** A result that was answered with 202; {@code candidate} identifies its content. */
    record Acknowledged(UUID sourceId, String candidate) {}

    /** @param target what was broken */
    record Fault(String target, String name, Instant from, Instant to) {}

    private final Instant start = Instant.now();
    private final Map<UUID, Accepted> accepted = new ConcurrentHashMap<>();
    private final Map<UUID, List<Announcement>> announcements = new ConcurrentHashMap<>();
    private final Map<UUID, List<Acknowledged>> acknowledged = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> deleted = new ConcurrentHashMap<>();
    private final Collection<Fault> faults = new CopyOnWriteArrayList<>();
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();

    /** Seconds since the start of the harness. */
    long seconds() {
        return Duration.between(start, Instant.now()).toSeconds();
    }

    void accepted(Accepted export) {
        accepted.put(export.id(), export);
    }

    Collection<Accepted> accepted() {
        return accepted.values();
    }

    @Nullable
    Accepted accepted(UUID id) {
        return accepted.get(id);
    }

    /** @return whether it is the source's first one */
    boolean announced(Announcement announcement) {
        var all = announcements.computeIfAbsent(announcement.sourceId(), id -> new CopyOnWriteArrayList<>());
        all.add(announcement);
        return all.size() == 1;
    }

    Map<UUID, List<Announcement>> announcements() {
        return announcements;
    }

    void acknowledged(UUID sourceId, String candidate) {
        acknowledged
                .computeIfAbsent(sourceId, id -> new CopyOnWriteArrayList<>())
                .add(new Acknowledged(sourceId, candidate));
    }

    Map<UUID, List<Acknowledged>> acknowledged() {
        return acknowledged;
    }

    void deleted(UUID exportId) {
        deleted.put(exportId, Instant.now());
    }

    boolean isDeleted(UUID exportId) {
        return deleted.containsKey(exportId);
    }

    int deleted() {
        return deleted.size();
    }

    void fault(Fault fault) {
        faults.add(fault);
    }

    Collection<Fault> faults() {
        return faults;
    }

    /** Whether there was a fault between the two times, or so shortly before that it still had effects. */
    boolean wasBroken(Instant from, Instant to, Duration consequences) {
        return faults.stream()
                .anyMatch(fault -> fault.from().isBefore(to)
                        && fault.to().plus(consequences).isAfter(from));
    }

    void count(String what) {
        add(what, 1);
    }

    void add(String what, long number) {
        counts.computeIfAbsent(what, name -> new LongAdder()).add(number);
    }

    long counted(String what) {
        var count = counts.get(what);
        return count == null ? 0 : count.sum();
    }

    Map<String, LongAdder> counts() {
        return counts;
    }

    /** Records something that must never happen. */
    void violation(String text) {
        violations.add(text);
        System.out.printf("chaos: %4d s  VIOLATION: %s%n", seconds(), text);
    }

    List<String> violations() {
        return violations;
    }
}
