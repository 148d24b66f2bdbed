package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.utils.Exit;

/** A Kafka broker in a process of its own, which can be restarted on its data. */
public final class KafkaProcess {

    private KafkaProcess() {}

    /**
     * Starts it, and returns when it has the topic.
     *
     * @param directory of the logs; created if missing
     * @param port to listen on
     * @param advertisedPort that clients are told to connect to, for instance a proxy's
     */
    public static ChildProcess start(Path directory, Path log, int port, int advertisedPort, String topic)
            throws IOException, InterruptedException {
        var ready = log.resolveSibling("kafka.ready");
        Files.deleteIfExists(ready);
        var process = ChildProcess.start(
                "kafka",
                new ProcessBuilder(
                                ChildProcess.JAVA,
                                "-Xmx384m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KafkaProcess.class.getName(),
                                directory.toString(),
                                Integer.toString(port),
                                Integer.toString(advertisedPort),
                                topic,
                                ready.toString())
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        while (Files.notExists(ready)) {
            if (!process.isAlive()) {
                process.close();
                throw new IOException("Kafka did not start, see " + log);
            }
            Thread.sleep(50);
        }
        return process;
    }

    /** The process. Arguments: directory, port, advertised port, topic, and a file to create when it is ready. */
    public static void main(String[] arguments) throws Exception {
        var server = KafkaServer.start(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), arguments[3]);
        // The broker may exit this JVM, as it does when its disk is full.
        Exit.resetExitProcedure();
        Exit.resetHaltProcedure();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        Files.createFile(Path.of(arguments[4]));
        new CountDownLatch(1).await();
    }
}
