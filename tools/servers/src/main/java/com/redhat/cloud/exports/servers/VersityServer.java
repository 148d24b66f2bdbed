package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** versitygw with its posix backend, an S3 server as fast as the service; {@code tools/bench/install} builds it. */
public final class VersityServer {

    private static final Path PROGRAM = Path.of(".tools", "versitygw");

    private VersityServer() {}

    public static boolean isBuilt() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * Starts it, and returns when it listens.
     *
     * @param directory of the objects; created if missing
     * @param bucket created if missing
     */
    public static ChildProcess start(Path directory, Path log, int port, String bucket)
            throws IOException, InterruptedException {
        // A directory below the root is a bucket.
        Files.createDirectories(directory.resolve(bucket));
        var command = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--port",
                        "127.0.0.1:" + port,
                        "--access",
                        "local",
                        "--secret",
                        "local",
                        "--quiet",
                        "--keep-alive",
                        "posix",
                        directory.toString())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var process = ChildProcess.start("s3", command);
        while (!listens(port)) {
            if (!process.isAlive()) {
                process.close();
                throw new IOException("versitygw did not start, see " + log);
            }
            Thread.sleep(20);
        }
        return process;
    }

    private static boolean listens(int port) {
        try (var open = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return open.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
