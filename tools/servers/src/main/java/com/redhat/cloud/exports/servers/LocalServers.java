package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Future.State;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * PostgreSQL, Kafka and S3 without containers, for the tests and {@code make run}. Their data is in one directory and survives a restart.
 */
public final class LocalServers implements AutoCloseable {

    /** The service's own database. */
    public static final String DATABASE = "exports";

    /** The database of the example source application. */
    public static final String EXAMPLE_DATABASE = "example";

    public static final String TOPIC = "platform.export.requests";
    public static final String BUCKET = "exports-bucket";

    private final Ports ports;
    private final FileChannel lock;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final AutoCloseable s3;

    private LocalServers(Ports ports, FileChannel lock, PostgresServer postgres, KafkaServer kafka, AutoCloseable s3) {
        this.ports = ports;
        this.lock = lock;
        this.postgres = postgres;
        this.kafka = kafka;
        this.s3 = s3;
    }

    /**
     * Starts all three together and returns when they are usable.
     *
     * @throws IllegalStateException if a port is taken (naming it and its setting), or another process uses the directory
     * @throws IOException if a server does not start; the others are ended
     */
    public static LocalServers start(Path dataDirectory, Ports ports) throws IOException, InterruptedException {
        return start(dataDirectory, ports, S3Server::start);
    }

    /** The same with another S3 server. */
    public static LocalServers start(Path dataDirectory, Ports ports, ObjectServer objectServer)
            throws IOException, InterruptedException {
        var data = Files.createDirectories(dataDirectory.toAbsolutePath().normalize());
        var log = Files.createDirectories(data.resolve("log"));
        var lock = lock(data);
        Future<PostgresServer> postgres;
        Future<KafkaServer> kafka;
        Future<? extends AutoCloseable> s3;
        try (var starter = Executors.newVirtualThreadPerTaskExecutor()) {
            PostgresServer.endLeftOver(data.resolve("postgres"));
            ports.requireFree();
            postgres = starter.submit(() -> PostgresServer.start(
                    data.resolve("postgres"),
                    log.resolve("postgres.log"),
                    ports.postgres(),
                    DATABASE,
                    EXAMPLE_DATABASE));
            kafka = starter.submit(() -> KafkaServer.start(data.resolve("kafka"), ports.kafka(), TOPIC));
            s3 = starter.submit(
                    () -> objectServer.start(data.resolve("s3"), log.resolve("s3.log"), ports.s3(), BUCKET));
        } catch (IOException | InterruptedException | RuntimeException e) {
            lock.close();
            throw e;
        }
        var starts = List.of(postgres, kafka, s3);
        var failed =
                starts.stream().filter(start -> start.state() != State.SUCCESS).findFirst();
        if (failed.isPresent()) {
            closeAll(starts.stream()
                    .filter(start -> start.state() == State.SUCCESS)
                    .map(Future::resultNow));
            lock.close();
            throw new IOException(
                    "the local servers did not start", failed.get().exceptionNow());
        }
        return new LocalServers(ports, lock, postgres.resultNow(), kafka.resultNow(), s3.resultNow());
    }

    /** Starts an S3 server with its objects in {@code directory}, and returns when the bucket is usable. */
    @FunctionalInterface
    public interface ObjectServer {
        AutoCloseable start(Path directory, Path log, int port, String bucket) throws Exception;
    }

    private static FileChannel lock(Path data) throws IOException {
        var channel = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameJvm) {
            channel.close();
            throw new IllegalStateException(inUse(data), sameJvm);
        }
        channel.close();
        throw new IllegalStateException(inUse(data));
    }

    private static String inUse(Path data) {
        return "%s is in use: its servers are running".formatted(data);
    }

    /** The environment variables by which the service finds these servers. */
    public Map<String, String> environment() {
        return environment(ports);
    }

    /** The same for servers that are not started yet. */
    public static Map<String, String> environment(Ports ports) {
        return Map.ofEntries(
                Map.entry("PGSQL_HOSTNAME", "localhost"),
                Map.entry("PGSQL_PORT", Integer.toString(ports.postgres())),
                Map.entry("PGSQL_USER", PostgresServer.USER),
                Map.entry("PGSQL_PASSWORD", PostgresServer.USER),
                Map.entry("PGSQL_DATABASE", DATABASE),
                Map.entry("KAFKA_BROKERS", "localhost:" + ports.kafka()),
                Map.entry("MINIO_HOST", "localhost"),
                Map.entry("MINIO_PORT", Integer.toString(ports.s3())),
                Map.entry("MINIO_SSL", "false"),
                Map.entry("AWS_ACCESS_KEY", "local"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("EXPORT_SERVICE_BUCKET", BUCKET));
    }

    /**
     * @param name {@link #DATABASE} or {@link #EXAMPLE_DATABASE}
     */
    public DataSource database(String name) {
        return postgres.database(name);
    }

    @Override
    public void close() throws IOException {
        closeAll(Stream.of(s3, kafka, postgres));
        lock.close();
    }

    private static void closeAll(Stream<AutoCloseable> servers) throws IOException {
        List<Future<Void>> ends;
        try (var closer = Executors.newVirtualThreadPerTaskExecutor()) {
            ends = servers.map(server -> closer.submit(() -> close(server))).toList();
        }
        for (var end : ends) {
            if (end.state() != State.SUCCESS) {
                throw new IOException("a local server did not stop", end.exceptionNow());
            }
        }
    }

    private static Void close(AutoCloseable server) throws Exception {
        server.close();
        return null;
    }
}
