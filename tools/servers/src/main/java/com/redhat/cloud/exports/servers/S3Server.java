package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * S3Mock in a process of its own, with its objects as files.
 *
 * <p>It is a Spring Boot application; unpacked, and with a class archive from its first run, it starts in half the time.
 */
public final class S3Server {

    private static final Path SERVERS = Path.of("target", "servers");
    private static final Path PACKED = SERVERS.resolve("s3mock.jar");
    private static final Path UNPACKED = SERVERS.resolve("s3mock");
    private static final Path CLASS_ARCHIVE = SERVERS.resolve("s3mock.jsa");
    private static final Duration START = Duration.ofMinutes(2);

    private S3Server() {}

    /**
     * Starts it, and returns when it answers.
     *
     * @param directory of the objects; created if missing
     * @param bucket created if missing
     */
    public static ChildProcess start(Path directory, Path log, int port, String bucket)
            throws IOException, InterruptedException {
        // Its HTTPS port would otherwise be the same in every run.
        return start(directory, log, port, bucket, List.of("-Dserver.port=0"));
    }

    /**
     * The same with HTTPS on {@code securePort}.
     *
     * @param port for HTTP, which it always has
     * @param keyStore its key and certificates, PKCS #12
     */
    public static ChildProcess startSecured(
            Path directory, Path log, int port, int securePort, String bucket, Path keyStore, String password)
            throws IOException, InterruptedException {
        return start(
                directory,
                log,
                port,
                bucket,
                List.of(
                        "-Dserver.port=" + securePort,
                        "-Dserver.ssl.key-store=" + keyStore.toUri(),
                        "-Dserver.ssl.key-store-type=PKCS12",
                        "-Dserver.ssl.key-store-password=" + password,
                        "-Dserver.ssl.key-password=" + password,
                        "-Dserver.ssl.key-alias=" + Certificates.ALIAS));
    }

    private static ChildProcess start(Path directory, Path log, int port, String bucket, List<String> options)
            throws IOException, InterruptedException {
        unpack();
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>(List.of(
                ChildProcess.JAVA,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + CLASS_ARCHIVE,
                "-Dserver.address=127.0.0.1",
                // Each body it sends takes a thread: with Spring's eight, eight slow downloads block all others.
                "-Dspring.task.execution.pool.core-size=200",
                "-Dcom.adobe.testing.s3mock.http-port=" + port,
                "-Dcom.adobe.testing.s3mock.store.root=" + directory,
                "-Dcom.adobe.testing.s3mock.store.retain-files-on-exit=true",
                "-Dcom.adobe.testing.s3mock.store.initial-buckets=" + bucket));
        command.addAll(options);
        command.addAll(List.of("-jar", UNPACKED.resolve(PACKED.getFileName()).toString()));
        var server = ChildProcess.start(
                "s3", new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
        try {
            awaitAnswer(server, URI.create("http://localhost:%d/%s?max-keys=1".formatted(port, bucket)));
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw new IOException("the S3 server did not start, see " + log, e);
        }
        return server;
    }

    private static synchronized void unpack() throws IOException, InterruptedException {
        if (Files.exists(UNPACKED)) {
            return;
        }
        var fresh = Files.createTempDirectory(SERVERS, "s3mock");
        var unpacking = new ProcessBuilder(
                        ChildProcess.JAVA,
                        "-Djarmode=tools",
                        "-jar",
                        PACKED.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        fresh.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (unpacking.waitFor() != 0) {
            throw new IOException("cannot unpack " + PACKED);
        }
        Files.move(fresh, UNPACKED, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitAnswer(ChildProcess server, URI bucket) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(bucket).timeout(START).build();
        var deadline = System.nanoTime() + START.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    client.send(request, BodyHandlers.discarding());
                    return;
                } catch (IOException notYet) {
                    if (!server.isAlive() || System.nanoTime() > deadline) {
                        throw notYet;
                    }
                    Thread.sleep(Duration.ofMillis(50));
                }
            }
        }
    }
}
