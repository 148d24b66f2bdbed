package com.redhat.cloud.exports.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The local servers keep their data. */
class LocalServersTests {

    @TempDir
    private Path data;

    /** A clean end, a launcher that is killed, and a start after each. */
    @Tag("long")
    @Test
    void dataSurvivesARestartAndAKilledLauncher() throws Exception {
        var ports = Ports.free();
        try (var servers = LocalServers.start(data, ports)) {
            insertRow(servers);
            sendRecord(servers);
            putObject(servers);
            assertAsDurableAsInProduction(servers);
            assertThatThrownBy(() -> LocalServers.start(data, Ports.free())).hasMessageContaining("is in use");
        }
        var launcher = launcher(ports);
        assertThat(launcher.inputReader().lines().anyMatch("ready"::equals)).isTrue();

        launcher.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(ports::requireFree);
        try (var servers = LocalServers.start(data, ports)) {
            assertThat(rows(servers)).containsExactly("a row");
            assertThat(firstRecord(servers)).isEqualTo("a record");
            assertThat(objectContent(servers)).isEqualTo("an object");
        }
    }

    private static void assertAsDurableAsInProduction(LocalServers servers) {
        var jdbc = JdbcClient.create(servers.database(LocalServers.DATABASE));
        assertThat(jdbc.sql("SHOW fsync").query(String.class).single()).isEqualTo("on");
        assertThat(jdbc.sql("SHOW synchronous_commit").query(String.class).single())
                .isEqualTo("on");
    }

    @Test
    void aTakenPortIsNamedTogetherWithItsSetting() throws Exception {
        var free = Ports.free();
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();
            assertThatThrownBy(() -> LocalServers.start(data, new Ports(taken, free.kafka(), free.s3())))
                    .hasMessageContaining("port " + taken)
                    .hasMessageContaining("PGSQL_PORT");
            assertThatThrownBy(() -> LocalServers.start(data, new Ports(free.postgres(), taken, free.s3())))
                    .hasMessageContaining("port " + taken)
                    .hasMessageContaining("KAFKA_PORT");
            assertThatThrownBy(() -> LocalServers.start(data, new Ports(free.postgres(), free.kafka(), taken)))
                    .hasMessageContaining("port " + taken)
                    .hasMessageContaining("MINIO_PORT");
        }
    }

    private Process launcher(Ports ports) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalServersTests.class.getName(),
                        data.toString(),
                        Integer.toString(ports.postgres()),
                        Integer.toString(ports.kafka()),
                        Integer.toString(ports.s3()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Starts the servers and waits to be killed. */
    public static void main(String[] arguments) throws Exception {
        var ports = new Ports(
                Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        try (var _ = LocalServers.start(Path.of(arguments[0]), ports)) {
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }

    private static void insertRow(LocalServers servers) {
        var jdbc = JdbcClient.create(servers.database(LocalServers.DATABASE));
        jdbc.sql("CREATE TABLE kept (what text)").update();
        jdbc.sql("INSERT INTO kept VALUES ('a row')").update();
    }

    private static List<String> rows(LocalServers servers) {
        return JdbcClient.create(servers.database(LocalServers.DATABASE))
                .sql("SELECT what FROM kept")
                .query(String.class)
                .list();
    }

    private static void sendRecord(LocalServers servers) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers.environment().get("KAFKA_BROKERS"));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(LocalServers.TOPIC, 2, null, "a record"))
                    .get();
        }
    }

    /** Reads the last of the three partitions, so that all must exist. */
    private static String firstRecord(LocalServers servers) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.environment().get("KAFKA_BROKERS"));
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = List.of(new TopicPartition(LocalServers.TOPIC, 2));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return consumer.poll(Duration.ofSeconds(10)).iterator().next().value();
        }
    }

    private static void putObject(LocalServers servers) {
        try (var s3 = s3(servers)) {
            s3.putObject(
                    put -> put.bucket(LocalServers.BUCKET).key("org/export/source.1"),
                    RequestBody.fromString("an object"));
        }
    }

    private static String objectContent(LocalServers servers) {
        try (var s3 = s3(servers)) {
            return s3.getObjectAsBytes(get -> get.bucket(LocalServers.BUCKET).key("org/export/source.1"))
                    .asString(StandardCharsets.UTF_8);
        }
    }

    private static S3Client s3(LocalServers servers) {
        var environment = servers.environment();
        return S3Client.builder()
                .endpointOverride(URI.create(
                        "http://%s:%s".formatted(environment.get("MINIO_HOST"), environment.get("MINIO_PORT"))))
                .forcePathStyle(true)
                .region(Region.of(environment.get("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .build();
    }
}
