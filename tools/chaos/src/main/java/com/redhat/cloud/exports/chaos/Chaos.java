package com.redhat.cloud.exports.chaos;

import com.redhat.cloud.exports.servers.LocalServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * {@code make chaos}: users and source applications work with two replicas while everything fails that can. In the end every accepted export must have been announced, given one result per source, delivered as uploaded, and deleted in time.
 *
 * <p>Exit status 0 if so.
 */
final class Chaos {

    private static final Path RESULTS = Path.of("target", "chaos");
    private static final Duration MAX_DURATION = Duration.ofMinutes(15);

    private Chaos() {}

    public static void main(String[] arguments) throws Exception {
        boolean full = !(arguments.length > 0 && arguments[0].equals("short"));
        long seed = seed();
        System.out.printf(
                "chaos: %s run, CHAOS_SEED=%d, S3 is %s, full disks: %s%n",
                full ? "full" : "short", seed, Stage.s3Name(), Disk.isAvailable() ? "yes" : "not on this machine");
        var directory = Files.createTempDirectory(Files.createDirectories(RESULTS), "run-");
        var ledger = new Ledger();
        endInTime(ledger, directory);
        long start = System.nanoTime();
        try (var stage = new Stage(directory, Settings.of(full, seed))) {
            // On Ctrl-C too.
            Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
            run(stage, Settings.of(full, seed), ledger);
        } catch (Exception e) {
            ledger.violation("the harness failed: " + e);
            e.printStackTrace();
        }
        var verdict = ledger.violations().isEmpty()
                ? "nothing lost, nothing twice"
                : "%d VIOLATIONS, the logs are in %s"
                        .formatted(ledger.violations().size(), directory);
        System.out.printf(
                "chaos: %s; CHAOS_SEED=%d, %d s%n",
                verdict, seed, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        if (ledger.violations().isEmpty()) {
            FileSystemUtils.deleteRecursively(directory);
        }
        // Threads of clients with cut connections may still wait.
        System.exit(ledger.violations().isEmpty() ? 0 : 1);
    }

    private static long seed() {
        var setting = System.getenv().getOrDefault("CHAOS_SEED", "");
        return setting.isBlank() ? System.currentTimeMillis() % 1_000_000 : Long.parseLong(setting.strip());
    }

    private static void run(Stage stage, Settings settings, Ledger ledger) throws Exception {
        stage.start();
        System.out.printf("chaos: %4d s  everything runs%n", ledger.seconds());
        var audit = new Audit(stage.database());
        audit.install();
        var clients = new Clients(stage.replicas, ledger);
        var sources = new Sources();
        var archives = new Archives(clients, sources, ledger);
        var users = new Users(settings, clients, archives, ledger);
        try (var applications = new Applications(settings, stage, clients, sources, ledger)) {
            applications.start(LocalServers.TOPIC);
            users.start();
            TimeUnit.MILLISECONDS.sleep(settings.calm().toMillis());
            new Faults(stage, settings, ledger).run();
            users.stop();
            System.out.printf("chaos: %4d s  everything is healed%n", ledger.seconds());
            var inspection =
                    new Inspection(settings, stage, audit, clients, users, applications, sources, archives, ledger);
            inspection.awaitQuiescence();
            var committed = inspection.compare();
            clients.end();
            System.out.println(Report.of(ledger, committed));
        }
    }

    private static void endInTime(Ledger ledger, Path directory) {
        Thread.ofPlatform().daemon().name("limit").start(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(MAX_DURATION.toMillis());
                System.out.printf(
                        "chaos: not done after %s, %d violations, the logs are in %s%n",
                        MAX_DURATION, ledger.violations().size(), directory);
                System.exit(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
