package com.redhat.cloud.exports.chaos;

import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.KafkaProcess;
import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import com.redhat.cloud.exports.servers.PostgresServer;
import com.redhat.cloud.exports.servers.S3Server;
import com.redhat.cloud.exports.servers.VersityServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, Kafka, S3 and two replicas of the service, in a process each, connected by unreliable networks. */
final class Stage implements AutoCloseable {

    private final Path directory;
    private final Settings settings;
    private final List<AutoCloseable> open = new ArrayList<>();

    private final int postgresPort;
    private final int s3Port;
    final Disk postgresDisk;
    final Disk kafkaDisk;
    final Disk s3Disk;
    final TcpProxy toPostgres;
    final TcpProxy toKafka;
    final TcpProxy toS3;
    final Server postgres;
    final Server kafka;
    final Server s3;
    final List<Replica> replicas;

    Stage(Path directory, Settings settings) throws IOException, InterruptedException {
        this.directory = directory.toAbsolutePath();
        this.settings = settings;
        Files.createDirectories(this.directory.resolve("log"));
        // All free ports are picked at once, so that none is picked twice.
        var ports = Ports.free(9);
        this.postgresPort = ports[0];
        int kafkaPort = ports[1];
        this.s3Port = ports[2];
        this.postgresDisk = opened(Disk.mount(this.directory.resolve("postgres"), 700));
        this.kafkaDisk = opened(Disk.mount(this.directory.resolve("kafka"), 300));
        this.s3Disk = opened(Disk.mount(this.directory.resolve("s3"), 1500));
        this.toPostgres = opened(TcpProxy.start(0, postgresPort, settings.seed() + 1));
        this.toKafka = opened(TcpProxy.start(0, kafkaPort, settings.seed() + 2));
        this.toS3 = opened(TcpProxy.start(0, s3Port, settings.seed() + 3));
        this.postgres = opened(new Server("PostgreSQL", "INT", new PostgresCommand(this)::start));
        this.kafka = opened(new Server(
                "Kafka",
                "TERM",
                () -> KafkaProcess.start(
                        kafkaDisk.data(), log("kafka"), kafkaPort, toKafka.port(), LocalServers.TOPIC)));
        this.s3 = opened(new Server("S3", "TERM", this::startS3));
        this.replicas = List.of(
                opened(new Replica("a", ports[3], ports[4], ports[5], this)),
                opened(new Replica("b", ports[6], ports[7], ports[8], this)));
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(part);
        return part;
    }

    private ChildProcess startS3() throws IOException, InterruptedException {
        return VersityServer.isBuilt()
                ? VersityServer.start(s3Disk.data(), log("s3"), s3Port, LocalServers.BUCKET)
                : S3Server.start(s3Disk.data(), log("s3"), s3Port, LocalServers.BUCKET);
    }

    static String s3Name() {
        return VersityServer.isBuilt() ? "versitygw" : "S3Mock";
    }

    /** Whether S3 keeps acknowledged objects over a {@code kill -9}. */
    static boolean s3Survives() {
        return VersityServer.isBuilt();
    }

    /** Starts the servers, then both replicas together. */
    void start() throws Exception {
        s3.start();
        kafka.start();
        postgres.start();
        for (var replica : replicas) {
            replica.server().start();
        }
        for (var replica : replicas) {
            replica.awaitReady();
        }
    }

    Path log(String name) {
        return directory.resolve("log", name + ".log");
    }

    Path directory() {
        return directory;
    }

    int postgresPort() {
        return postgresPort;
    }

    /** The settings of a replica, without its ports. */
    Map<String, String> serviceEnvironment() {
        var environment = new java.util.HashMap<>(settings.ofService());
        environment.putAll(Map.ofEntries(
                Map.entry("PGSQL_HOSTNAME", "localhost"),
                Map.entry("PGSQL_PORT", Integer.toString(toPostgres.port())),
                Map.entry("PGSQL_USER", PostgresServer.USER),
                Map.entry("PGSQL_PASSWORD", PostgresServer.USER),
                Map.entry("PGSQL_DATABASE", LocalServers.DATABASE),
                Map.entry("KAFKA_BROKERS", "localhost:" + toKafka.port()),
                Map.entry("MINIO_HOST", "localhost"),
                Map.entry("MINIO_PORT", Integer.toString(toS3.port())),
                Map.entry("AWS_ACCESS_KEY", "local"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
                Map.entry("EXPORT_SERVICE_BUCKET", LocalServers.BUCKET),
                Map.entry("EXPORTS_PSKS", Replica.PRE_SHARED_KEY)));
        return environment;
    }

    /** A direct connection to the database, not through the proxy. */
    PGSimpleDataSource database() {
        var database = new PGSimpleDataSource();
        database.setPortNumbers(new int[] {postgresPort});
        database.setDatabaseName(LocalServers.DATABASE);
        database.setUser(PostgresServer.USER);
        return database;
    }

    /** A direct connection to S3. */
    Bucket bucket() {
        return Bucket.at(s3Port, LocalServers.BUCKET);
    }

    /** Starts everything that is down, and heals all networks. */
    void heal() throws Exception {
        for (var proxy : List.of(toPostgres, toKafka, toS3)) {
            proxy.set(TcpProxy.Mood.FINE);
        }
        for (var replica : replicas) {
            replica.toUsers().set(TcpProxy.Mood.FINE);
            replica.toApplications().set(TcpProxy.Mood.FINE);
        }
        for (var disk : List.of(postgresDisk, kafkaDisk, s3Disk)) {
            disk.free();
        }
        for (var server : List.of(postgres, kafka, s3)) {
            server.thaw();
            server.start();
        }
        for (var replica : replicas) {
            replica.server().thaw();
            replica.server().start();
            replica.awaitReady();
        }
    }

    /** Ends the replicas first, since they call the others; by force if need be. */
    @Override
    public synchronized void close() {
        for (var part : open.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("chaos: " + e);
            }
        }
        open.clear();
    }

    /** PostgreSQL, set up once as for the tests, then started by the same command. */
    private static final class PostgresCommand {

        private final Stage stage;
        private List<String> command = List.of();

        PostgresCommand(Stage stage) {
            this.stage = stage;
        }

        ChildProcess start() throws Exception {
            if (command.isEmpty()) {
                command = setUp();
            }
            Files.deleteIfExists(stage.postgresDisk.data().resolve("postmaster.pid"));
            var process = ChildProcess.start(
                    "postgres",
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                    stage.log("postgres").toFile())));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    process.close();
                    throw new IOException("PostgreSQL did not start, see " + stage.log("postgres"));
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            return process;
        }

        private boolean answers() {
            try (var connection = stage.database().getConnection()) {
                return connection.isValid(5);
            } catch (java.sql.SQLException notYet) {
                return false;
            }
        }

        private List<String> setUp() throws Exception {
            var data = stage.postgresDisk.data();
            try (var _ = PostgresServer.start(data, stage.log("postgres"), stage.postgresPort, LocalServers.DATABASE)) {
                var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
                var arguments = Files.readString(Path.of("/proc", pid, "cmdline"), StandardCharsets.UTF_8)
                        .split("\0");
                // It refuses to run as root, which it is not in a user namespace.
                var command = new ArrayList<>(List.of(arguments));
                if ("root".equals(System.getProperty("user.name"))) {
                    command.addAll(0, List.of("unshare", "-U"));
                }
                return command;
            }
        }
    }
}
