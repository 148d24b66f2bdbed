package com.redhat.cloud.exports.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Users: each creates one export, waits for it, downloads and deletes it as planned. */
final class Users {

    private static final Set<String> FINISHED = Set.of("complete", "partial", "failed");

    private final Settings settings;
    private final Clients clients;
    private final Archives archives;
    private final Ledger ledger;
    private final AtomicInteger active = new AtomicInteger();
    private final Semaphore downloads = new Semaphore(6);
    private volatile boolean stopped;

    Users(Settings settings, Clients clients, Archives archives, Ledger ledger) {
        this.settings = settings;
        this.clients = clients;
        this.archives = archives;
        this.ledger = ledger;
    }

    /** Users arrive at a steady rate. */
    void start() {
        Thread.ofVirtual().start(() -> {
            long next = System.nanoTime();
            for (int number = 0; !stopped; number++) {
                var plan = Plan.of(settings.seed(), number);
                active.incrementAndGet();
                Thread.ofVirtual().start(() -> live(plan));
                next += (long) (1e9 / settings.createsPerSecond());
                try {
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    /** Stops the arrival of users. */
    void stop() {
        stopped = true;
    }

    int active() {
        return active.get();
    }

    private void live(Plan plan) {
        try {
            var accepted = create(plan);
            if (accepted != null) {
                follow(accepted);
            }
        } catch (IOException | RuntimeException e) {
            ledger.violation("export %d: %s".formatted(plan.number(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            active.decrementAndGet();
        }
    }

    private Ledger.Accepted create(Plan plan) throws IOException, InterruptedException {
        // The same in each try, so that only one export is created.
        var body = body(plan);
        for (int attempt = 0; !clients.isEnded(); attempt++) {
            long start = System.nanoTime();
            var reply = clients.user(
                    "POST",
                    "/exports",
                    plan.tenant(),
                    Map.of("Idempotency-Key", "chaos-%d-%d".formatted(settings.seed(), plan.number())),
                    body);
            if (reply != null && reply.status() == 202 && reply.complete()) {
                ledger.add("create milliseconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                var id = UUID.fromString(
                        Clients.JSON.readTree(reply.body()).get("id").textValue());
                var accepted = new Ledger.Accepted(id, plan, Instant.now());
                ledger.accepted(accepted);
                return accepted;
            }
            if (reply != null && reply.complete() && reply.status() < 500) {
                throw new IOException("create was answered %d: %s".formatted(reply.status(), reply.text()));
            }
            Clients.pause(attempt);
        }
        return null;
    }

    private static byte[] body(Plan plan) {
        var sources = IntStream.range(0, plan.sources().size())
                .mapToObj(index ->
                        "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":{\"export\":%d,\"source\":%d}}"
                                .formatted(plan.number(), index))
                .collect(Collectors.joining(","));
        var expires = plan.end() == Plan.End.EXPIRE
                ? ",\"expires_at\":\"%s\"".formatted(Instant.now().plusMillis(6_000 + 3L * plan.waitMillis()))
                : "";
        return "{\"name\":\"chaos-%d\",\"format\":\"%s\"%s,\"sources\":[%s]}"
                .formatted(plan.number(), plan.format(), expires, sources)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void follow(Ledger.Accepted export) throws IOException, InterruptedException {
        switch (export.plan().end()) {
            case DELETE_EARLY -> {
                TimeUnit.MILLISECONDS.sleep(export.plan().waitMillis());
                delete(export);
            }
            case EXPIRE -> awaitFinishOrExpiry(export);
            case DOWNLOAD_AND_KEEP -> awaitFinishAndDownload(export);
            case DOWNLOAD_AND_DELETE -> {
                if (awaitFinishAndDownload(export)) {
                    delete(export);
                }
            }
        }
    }

    private boolean awaitFinishAndDownload(Ledger.Accepted export) throws IOException, InterruptedException {
        for (int poll = 0; !clients.isEnded(); poll++) {
            var reply = clients.user(
                    "GET",
                    "/exports/%s/status".formatted(export.id()),
                    export.plan().tenant(),
                    Map.of(),
                    null);
            if (reply != null && reply.complete() && reply.status() == 404) {
                throw new IOException("an accepted export does not exist: " + export.id());
            }
            if (reply != null && reply.complete() && reply.status() == 200) {
                var status = Clients.JSON.readTree(reply.body());
                if (FINISHED.contains(status.get("status").textValue())) {
                    download(export, status);
                    return true;
                }
            }
            Clients.pause(Math.min(poll, 3));
        }
        return false;
    }

    private void download(Ledger.Accepted export, JsonNode status) throws IOException, InterruptedException {
        if (status.get("status").textValue().equals("failed")) {
            ledger.count("exports that failed as a whole");
            return;
        }
        for (int attempt = 0; !clients.isEnded(); attempt++) {
            byte[] zip;
            downloads.acquire();
            try {
                zip = archives.download(export.id(), export.plan().tenant());
                if (zip != null) {
                    archives.verify(export.id(), status, zip);
                    return;
                }
            } finally {
                downloads.release();
            }
            Clients.pause(attempt);
        }
    }

    private void delete(Ledger.Accepted export) throws IOException, InterruptedException {
        var path = "/exports/" + export.id();
        var reply = clients.userUntilAnswered("DELETE", path, export.plan().tenant());
        if (reply == null) {
            return;
        }
        if (reply.status() != 200 && reply.status() != 404) {
            throw new IOException("delete was answered %d: %s".formatted(reply.status(), reply.text()));
        }
        ledger.deleted(export.id());
        for (var gone : new String[] {path, path + "/status"}) {
            var after = clients.userUntilAnswered("GET", gone, export.plan().tenant());
            if (after != null && after.status() != 404) {
                ledger.violation("a deleted export is answered %d: %s".formatted(after.status(), gone));
            }
        }
    }

    /** It is not found from the promised second on. */
    private void awaitFinishOrExpiry(Ledger.Accepted export) throws IOException, InterruptedException {
        Instant expires = null;
        for (int poll = 0; !clients.isEnded(); poll++) {
            var asked = Instant.now();
            var reply = clients.user(
                    "GET",
                    "/exports/%s/status".formatted(export.id()),
                    export.plan().tenant(),
                    Map.of(),
                    null);
            if (reply != null && reply.complete() && reply.status() == 404) {
                ledger.deleted(export.id());
                ledger.count("exports that expired");
                return;
            }
            if (reply != null && reply.complete() && reply.status() == 200) {
                expires = Instant.parse(
                        Clients.JSON.readTree(reply.body()).get("expires_at").textValue());
                if (asked.isAfter(expires.plusSeconds(1))) {
                    ledger.violation("an expired export is still shown: " + export.id());
                    return;
                }
            }
            Clients.pause(Math.min(poll, 3));
        }
    }
}
