package com.redhat.cloud.exports.servers;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A Kafka broker and controller in this JVM. */
public final class KafkaServer implements AutoCloseable {

    private static final int PARTITIONS = 3;

    private final KafkaRaftServer server;

    private KafkaServer(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * @param directory of the logs; formatted if new
     * @param topics created with three partitions if missing
     */
    public static KafkaServer start(Path directory, int port, String... topics) throws Exception {
        return start(directory, port, port, topics);
    }

    /**
     * The same behind a proxy.
     *
     * @param advertisedPort that clients are told to connect to
     */
    public static KafkaServer start(Path directory, int port, int advertisedPort, String... topics) throws Exception {
        return start(directory, port, new Format(List.of()), configuration(directory, port, advertisedPort), topics);
    }

    /**
     * Starts one whose {@code port} requires TLS and SCRAM-SHA-512; another port, without, is for this machine's programs.
     *
     * @param keyStore the broker's key and certificates, PEM
     */
    public static KafkaServer startSecured(
            Path directory, int port, Path keyStore, String name, String password, String... topics) throws Exception {
        int plain = Ports.free(1)[0];
        var configuration = new HashMap<>(configuration(directory, plain, plain));
        configuration.merge("listeners", ",SASL_SSL://localhost:" + port, String::concat);
        configuration.merge("advertised.listeners", ",SASL_SSL://localhost:" + port, String::concat);
        configuration.merge("listener.security.protocol.map", ",SASL_SSL:SASL_SSL", String::concat);
        configuration.put("inter.broker.listener.name", "PLAINTEXT");
        configuration.put("ssl.keystore.type", "PEM");
        configuration.put("ssl.keystore.location", keyStore.toString());
        configuration.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        configuration.put(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        var scram = "SCRAM-SHA-512=[name=%s,password=%s]".formatted(name, password);
        return start(directory, plain, new Format(List.of(scram)), configuration, topics);
    }

    /** @param scram users, in the notation of the format tool */
    private record Format(List<String> scram) {}

    private static KafkaServer start(
            Path directory, int port, Format format, Map<String, String> configuration, String... topics)
            throws Exception {
        // A broker exits its JVM after a fatal fault, which must not happen to this one.
        Exit.setExitProcedure(KafkaServer::refuseToExit);
        Exit.setHaltProcedure(KafkaServer::refuseToExit);

        if (!Files.exists(directory.resolve("meta.properties"))) {
            format(directory, format);
        }
        var server = new KafkaRaftServer(new KafkaConfig(configuration, false), Time.SYSTEM);
        server.startup();
        createIfMissing(port, topics);
        return new KafkaServer(server);
    }

    private static Map<String, String> configuration(Path directory, int port, int advertisedPort) {
        int controller = Ports.free(1)[0];
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@localhost:" + controller),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry(
                        "listeners", "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controller)),
                Map.entry("advertised.listeners", "PLAINTEXT://localhost:" + advertisedPort),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                // Groups mostly have one consumer here: assign its partitions without waiting for more.
                Map.entry("group.initial.rebalance.delay.ms", "0"));
    }

    private static void format(Path directory, Format format) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString())
                .setScramArguments(format.scram())
                .run();
    }

    private static void createIfMissing(int port, String... topics) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + port))) {
            for (var topic : topics) {
                admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void refuseToExit(int status, String message) {
        throw new IllegalStateException("Kafka wanted to exit with status %d: %s".formatted(status, message));
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
