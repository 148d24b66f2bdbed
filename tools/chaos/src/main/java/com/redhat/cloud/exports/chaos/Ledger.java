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

/** What the service has promised and what was seen, while it happens. */
final class Ledger {

    /** An export that was answered 202. */
    record Accepted(UUID id, Plan plan, Instant at) {}

    /** A record on the topic. */
    record Announcement(UUID exportId, UUID sourceId, String eventId, Instant at) {}

    /** An answer that was acknowledged with 202; its content is known by {@code candidate}. */
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

    /** Since the harness has started. */
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

    /** @return whether it is the first one of its source */
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

    /** Whether something was broken between the two, or so long before that its consequences were not over. */
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

    /** Something that must never be. */
    void violation(String text) {
        violations.add(text);
        System.out.printf("chaos: %4d s  VIOLATION: %s%n", seconds(), text);
    }

    List<String> violations() {
        return violations;
    }
}
