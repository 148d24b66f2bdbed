package com.redhat.cloud.exports.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Waits until the service has caught up, then compares the state with what was promised. */
final class Inspection {

    private static final Set<String> OF_THE_SERVICE = Set.of("error 504", "error 410", "error 502");

    /** A lease of events, plus the time until a cut connection is noticed. */
    private static final Duration CONSEQUENCES = Duration.ofSeconds(130);

    private final Settings settings;
    private final Stage stage;
    private final Audit audit;
    private final Clients clients;
    private final Users users;
    private final Applications applications;
    private final Sources sources;
    private final Archives archives;
    private final Ledger ledger;

    Inspection(
            Settings settings,
            Stage stage,
            Audit audit,
            Clients clients,
            Users users,
            Applications applications,
            Sources sources,
            Archives archives,
            Ledger ledger) {
        this.settings = settings;
        this.stage = stage;
        this.audit = audit;
        this.clients = clients;
        this.users = users;
        this.applications = applications;
        this.sources = sources;
        this.archives = archives;
        this.ledger = ledger;
    }

    /** Waits until all requests are served and nothing is left to do, or the time is over. */
    void awaitQuiescence() throws SQLException, InterruptedException {
        long end = System.nanoTime() + settings.quiescence().toNanos();
        var open = "";
        for (long round = 0; System.nanoTime() < end; round++) {
            open = open();
            if (open.isEmpty()) {
                return;
            }
            if (round % 10 == 9) {
                System.out.printf("chaos: %4d s  waiting for %s%n", ledger.seconds(), open);
            }
            TimeUnit.SECONDS.sleep(1);
        }
        ledger.violation("after %s there still are %s".formatted(settings.quiescence(), open));
    }

    private String open() throws SQLException {
        var open = new TreeSet<String>();
        note(open, users.active(), "users without their export");
        note(open, applications.active(), "applications without an answer");
        note(open, audit.count("outbox where refused is null"), "events in the outbox");
        note(open, audit.count("sources where status = 'pending'"), "pending sources");
        note(open, audit.count("export_payloads where expires <= now()"), "expired exports");
        if (open.isEmpty()) {
            audit.bringDeletionsForward();
        }
        note(open, audit.count("pending_deletions"), "objects to delete");
        return String.join(", ", open);
    }

    private static void note(Set<String> open, int count, String what) {
        if (count > 0) {
            open.add(count + " " + what);
        }
    }

    Audit.Committed compare() throws Exception {
        var committed = audit.committed();
        ledger.accepted().stream()
                .filter(export -> !committed.exports().containsKey(export.id()))
                .forEach(export -> ledger.violation("accepted and lost: export " + export.id()));
        committed.exports().values().stream()
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()))
                .forEach((name, count) -> {
                    if (count > 1) {
                        ledger.violation(
                                "one request with an Idempotency-Key made %d exports: %s".formatted(count, name));
                    }
                });
        compareAnnouncements(committed);
        compareAnswers(committed);
        committed.changedAfterTheEnd().forEach(change -> ledger.violation("a final status changed: " + change));
        compareArchives();
        compareCounts();
        compareBucket();
        return committed;
    }

    private void compareAnnouncements(Audit.Committed committed) {
        var announced = ledger.announcements();
        committed.sources().forEach((source, export) -> {
            if (!announced.containsKey(source) && !committed.gone().contains(export)) {
                ledger.violation("never announced: source %s of export %s".formatted(source, export));
            }
        });
        announced.forEach((source, records) -> {
            if (!committed.sources().containsKey(source)) {
                ledger.violation("announced, but never committed: source " + source);
            }
            int askedAgain = Math.min(records.size() - 1, committed.again().getOrDefault(source, 0));
            ledger.add("announced: asked again", askedAgain);
            explain(records, records.size() - 1 - askedAgain);
        });
    }

    /** An event is sent twice only if an acknowledgement was lost or a lease ran out. */
    private void explain(List<Ledger.Announcement> records, int repeated) {
        if (repeated == 0) {
            return;
        }
        Instant first = records.stream()
                .map(Ledger.Announcement::at)
                .min(Instant::compareTo)
                .orElseThrow();
        Instant last = records.stream()
                .map(Ledger.Announcement::at)
                .max(Instant::compareTo)
                .orElseThrow();
        if (ledger.wasBroken(first, last.plusSeconds(1), CONSEQUENCES)) {
            ledger.add("announced: again after a fault", repeated);
        } else {
            ledger.violation("announced %d times without a fault: source %s"
                    .formatted(records.size(), records.getFirst().sourceId()));
        }
    }

    private void compareAnswers(Audit.Committed committed) {
        committed.answers().forEach((source, answers) -> {
            if (answers.size() > 1) {
                ledger.violation("source %s was answered %d times: %s".formatted(source, answers.size(), answers));
            }
            compareAnswer(source, answers.getFirst());
        });
        ledger.acknowledged().forEach((source, acknowledged) -> {
            var distinct = acknowledged.stream()
                    .map(Ledger.Acknowledged::candidate)
                    .distinct()
                    .toList();
            var answers = committed.answers().get(source);
            if (distinct.size() > 1 || answers == null || !distinct.equals(answers)) {
                ledger.violation("source %s: acknowledged %s, committed %s".formatted(source, distinct, answers));
            }
        });
    }

    private void compareAnswer(UUID id, String answer) {
        var source = sources.get(id);
        var candidates = source == null
                ? List.<String>of()
                : source.candidates().stream().map(Payload::sha256).toList();
        if (candidates.contains(answer)) {
            ledger.count("answered: by data");
        } else if (answer.equals("error " + Sources.ERROR)) {
            ledger.count("answered: by an error");
        } else if (OF_THE_SERVICE.contains(answer)) {
            ledger.count("answered: by the service, after the deadline");
        } else {
            ledger.violation("source %s has an answer that nobody gave: %s".formatted(id, answer));
        }
    }

    /** Every remaining export is finished, and its zip is complete. */
    private void compareArchives() throws SQLException, IOException, InterruptedException {
        for (var export : audit.live()) {
            if (export.pendingSources() > 0
                    || !Set.of("complete", "partial", "failed").contains(export.status())) {
                ledger.violation("export %s is %s for ever, %d sources pending"
                        .formatted(export.id(), export.status(), export.pendingSources()));
                continue;
            }
            var status = clients.userUntilAnswered("GET", "/exports/%s/status".formatted(export.id()), export.tenant());
            if (status == null || status.status() != 200) {
                ledger.violation("no status of export " + export.id());
                continue;
            }
            if (!export.status().equals("failed")) {
                var zip = archives.download(export.id(), export.tenant());
                if (zip == null) {
                    ledger.violation("no archive of export " + export.id());
                } else {
                    archives.verify(export.id(), Clients.JSON.readTree(status.body()), zip);
                    ledger.count("downloads verified at the end");
                }
            }
        }
    }

    /** The stored counts of lists are correct. */
    private void compareCounts() throws SQLException, IOException, InterruptedException {
        Map<Integer, Long> live =
                audit.live().stream().collect(Collectors.groupingBy(Audit.Live::tenant, Collectors.counting()));
        for (var tenant : live.keySet()) {
            var list = clients.userUntilAnswered("GET", "/exports?limit=1", tenant);
            long count = list == null
                    ? -1
                    : Clients.JSON
                            .readTree(list.body())
                            .path("meta")
                            .path("count")
                            .asLong();
            if (count != live.get(tenant)) {
                ledger.violation("the list of tenant %d says %d exports, there are %d"
                        .formatted(tenant, count, live.get(tenant)));
            }
        }
    }

    private void compareBucket() throws SQLException {
        try (var bucket = stage.bucket()) {
            var there = bucket.keys();
            var known = audit.keys();
            var orphans = new TreeSet<>(there);
            orphans.removeAll(known);
            var missing = new TreeSet<>(known);
            missing.removeAll(there);
            var unfinished = bucket.unfinishedUploads();
            orphans.forEach(key -> ledger.violation("an object that belongs to nobody: " + key));
            missing.forEach(key -> ledger.violation("an object that is missing: " + key));
            unfinished.forEach(key -> ledger.violation("an upload that was never finished: " + key));
            ledger.add("erased: objects left in the bucket, each a live source's", there.size() - orphans.size());
            ledger.add("erased: objects left in the bucket of nobody", orphans.size());
            ledger.add("erased: unfinished multipart uploads left", unfinished.size());
        }
    }
}
