package com.redhat.cloud.exports.chaos;

import com.redhat.cloud.exports.chaos.TcpProxy.Mood;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Causes one fault after the other, and kills replicas meanwhile. */
final class Faults {

    static final String LEFT_OUT = "faults left out for lack of time";

    private final Stage stage;
    private final Settings settings;
    private final Ledger ledger;
    private final Random random;

    /** Held while a replica is being killed, or while a fault must be the only one. */
    private final ReentrantLock alone = new ReentrantLock(true);

    private volatile boolean stopped;

    Faults(Stage stage, Settings settings, Ledger ledger) {
        this.stage = stage;
        this.settings = settings;
        this.ledger = ledger;
        this.random = new Random(settings.seed());
    }

    private interface Step {
        void run() throws Exception;
    }

    /** @param milliseconds between begin and end */
    private record Fault(String target, String name, int milliseconds, boolean alone, Step begin, Step end) {}

    void run() throws Exception {
        var faults = settings.full() ? full() : brief();
        var killer = settings.full()
                ? Thread.ofVirtual().start(this::killNowAndThen)
                : Thread.ofVirtual().start(() -> {});
        long end = System.nanoTime() + settings.faults().toNanos();
        for (var fault : faults) {
            if (System.nanoTime() > end) {
                ledger.count(LEFT_OUT);
                continue;
            }
            if (fault.alone()) {
                alone.lock();
            }
            try {
                happen(fault);
            } finally {
                if (fault.alone()) {
                    alone.unlock();
                }
            }
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1500));
        }
        stopped = true;
        killer.join();
        stage.heal();
    }

    private void happen(Fault fault) throws Exception {
        System.out.printf("chaos: %4d s  %-12s %s%n", ledger.seconds(), fault.target(), fault.name());
        var from = Instant.now();
        fault.begin().run();
        TimeUnit.MILLISECONDS.sleep(fault.milliseconds());
        fault.end().run();
        ledger.fault(new Ledger.Fault(fault.target(), fault.name(), from, Instant.now()));
    }

    private List<Fault> brief() {
        var replica = stage.replicas.get(random.nextInt(2));
        return List.of(
                ended("replica", replica.server(), true, 1000),
                network("S3", Mood.RESET, 4000, stage.toS3),
                network("applications", Mood.RESET, 4000, toApplications()),
                ended("PostgreSQL", stage.postgres, true, 500),
                frozen("S3", stage.s3, 5000),
                longWithoutKafka(8_000));
    }

    private List<Fault> full() {
        var faults = new ArrayList<Fault>();
        var networks = Map.of(
                "PostgreSQL", List.of(stage.toPostgres),
                "Kafka", List.of(stage.toKafka),
                "S3", List.of(stage.toS3),
                "users", stage.replicas.stream().map(Replica::toUsers).toList(),
                "applications",
                        stage.replicas.stream().map(Replica::toApplications).toList());
        networks.keySet().stream().sorted().forEach(target -> {
            for (var mood : List.of(Mood.LATE, Mood.TRICKLE, Mood.RESET, Mood.HALF_OPEN)) {
                faults.add(network(target, mood, 5000, networks.get(target).toArray(TcpProxy[]::new)));
            }
        });
        for (var server : List.of(stage.postgres, stage.kafka, stage.s3)) {
            faults.add(ended(server.name(), server, false, 3000));
            // S3Mock may lose what it was writing.
            if (server != stage.s3 || Stage.s3Survives()) {
                faults.add(ended(server.name(), server, true, 1000));
            }
        }
        faults.add(frozen("PostgreSQL", stage.postgres, 8000));
        faults.add(frozen("Kafka", stage.kafka, 15_000));
        // Longer than the lease of an upload.
        faults.add(frozen("S3", stage.s3, 25_000));
        if (Disk.isAvailable()) {
            faults.add(full("PostgreSQL", stage.postgres, stage.postgresDisk));
            faults.add(full("Kafka", stage.kafka, stage.kafkaDisk));
            faults.add(full("S3", stage.s3, stage.s3Disk));
        }
        var replica = stage.replicas.get(random.nextInt(2));
        faults.add(ended("replica", replica.server(), false, 1000));
        Collections.shuffle(faults, random);
        faults.add(random.nextInt(faults.size() / 2), longWithoutKafka(45_000));
        // Longer than the lease of an event.
        faults.add(random.nextInt(faults.size() / 2), frozen("replica", replica.server(), 65_000));
        return faults;
    }

    private Fault network(String target, Mood mood, int milliseconds, TcpProxy... proxies) {
        return new Fault(
                target,
                "network " + mood.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                milliseconds,
                false,
                () -> set(mood, proxies),
                () -> set(Mood.FINE, proxies));
    }

    private static void set(Mood mood, TcpProxy... proxies) {
        for (var proxy : proxies) {
            proxy.set(mood);
        }
    }

    private TcpProxy[] toApplications() {
        return stage.replicas.stream().map(Replica::toApplications).toArray(TcpProxy[]::new);
    }

    private Fault ended(String target, Server server, boolean killed, int milliseconds) {
        return new Fault(
                target,
                killed ? "kill -9, started again" : "stopped, started again",
                milliseconds,
                false,
                killed ? server::kill : server::stop,
                server::start);
    }

    private Fault frozen(String target, Server server, int milliseconds) {
        return new Fault(
                target,
                "frozen for %d s".formatted(milliseconds / 1000),
                milliseconds,
                true,
                server::freeze,
                server::thaw);
    }

    /** A server with a full disk may exit. */
    private Fault full(String target, Server server, Disk disk) {
        return new Fault(target, "disk full", 0, false, () -> disk.fill(6000), () -> {
            disk.free();
            server.start();
        });
    }

    /** Only Kafka is down: users must not notice. */
    private Fault longWithoutKafka(int milliseconds) {
        var before = new long[2];
        return new Fault(
                "Kafka",
                "down for %d s, creates go on".formatted(milliseconds / 1000),
                milliseconds,
                true,
                () -> {
                    for (var replica : stage.replicas) {
                        replica.awaitReady();
                    }
                    // Earlier faults may still have effects.
                    TimeUnit.SECONDS.sleep(settings.full() ? 10 : 2);
                    stage.kafka.kill();
                    before[0] = ledger.counted("post answered 202");
                    before[1] = failedCreates();
                },
                () -> {
                    long created = ledger.counted("post answered 202") - before[0];
                    long failed = failedCreates() - before[1];
                    ledger.add("creates while Kafka was down", created);
                    if (failed > 0 || created < settings.createsPerSecond() * milliseconds / 1000 * 0.8) {
                        ledger.violation("while Kafka was down for %d ms there were %d creates, and %d failed"
                                .formatted(milliseconds, created, failed));
                    }
                    requireReady("Kafka");
                    stage.kafka.start();
                });
    }

    private long failedCreates() {
        return ledger.counts().entrySet().stream()
                .filter(count ->
                        count.getKey().startsWith("post ") && !count.getKey().equals("post answered 202"))
                .mapToLong(count -> count.getValue().sum())
                .sum();
    }

    private void requireReady(String without) {
        for (var replica : stage.replicas) {
            if (!replica.isReady()) {
                ledger.violation("%s is not ready while %s is down"
                        .formatted(replica.server().name(), without));
            }
        }
    }

    private void killNowAndThen() {
        var when = new Random(settings.seed() + 7);
        try {
            while (!stopped) {
                TimeUnit.MILLISECONDS.sleep(15_000 + when.nextInt(25_000));
                if (!stopped && alone.tryLock(1, TimeUnit.MINUTES)) {
                    try {
                        kill(stage.replicas.get(when.nextInt(2)), when.nextInt(4000));
                    } finally {
                        alone.unlock();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            ledger.violation("a killed replica does not start again: " + e);
        }
    }

    private void kill(Replica replica, int milliseconds) throws Exception {
        happen(ended("replica", replica.server(), true, milliseconds));
        replica.awaitReady();
    }
}
