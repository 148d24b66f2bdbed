package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.servers.Certificates;
import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.KafkaServer;
import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import com.redhat.cloud.exports.servers.PostgresServer;
import com.redhat.cloud.exports.servers.S3Server;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ReplicaProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One export from request to zip with TLS everywhere, certified by an authority that the JDK does not know: PostgreSQL with
 * {@code verify-full}, Kafka with {@code SASL_SSL} and SCRAM, S3 by HTTPS, and the service's own three ports. Names,
 * passwords and keys have what Spring, Camel or a URL would read as something else.
 */
class TlsTests {

    private static final String KAFKA_PASSWORD = "p\"ss\\word${x}{{y}}#{z}\\${q};%41&'+ ü";
    private static final String KEY = "k\"ey\\${x}{{y}}#{z}\\${q};%41&'+";
    private static final String DATABASE = "a ${x}{{y}}%41+&?#/=\\d";
    private static final String DATABASE_USER = "u ${x}{{y}}%41\\";
    private static final String DATABASE_PASSWORD = "p${x}{{y}}#{z}\\${q};%41&'\"+ ü";

    @TempDir
    Path directory;

    @Test
    void anExportFromRequestToZip() throws Exception {
        Certificates certificates = Certificates.make(directory);
        Ports ports = Ports.free();
        try (PostgresServer postgres = PostgresServer.start(
                        directory.resolve("postgres"),
                        directory.resolve("postgres.log"),
                        ports.postgres(),
                        Map.of(
                                "ssl", "on",
                                "ssl_cert_file", certificates.chain().toString(),
                                "ssl_key_file", certificates.key().toString()),
                        LocalServers.DATABASE);
                KafkaServer kafka = KafkaServer.startSecured(
                        directory.resolve("kafka"),
                        ports.kafka(),
                        certificates.keyAndChain(),
                        "exporter",
                        KAFKA_PASSWORD,
                        LocalServers.TOPIC);
                ChildProcess s3 = S3Server.startSecured(
                        directory.resolve("s3"),
                        directory.resolve("s3.log"),
                        Ports.free(1)[0],
                        ports.s3(),
                        LocalServers.BUCKET,
                        certificates.keyStore(),
                        Certificates.PASSWORD);
                ReplicaProcess replica = startReplica(postgres, settings(ports, certificates));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(trusting(certificates.authority()))
                        .build()) {
            replica.awaitReady(client, "https");
            HttpResponse<byte[]> created =
                    send(client, replica.publicPort(), Api.EXPORTS, "POST", Api.request("json", 1));
            assertThat(created.statusCode()).isEqualTo(202);
            JsonNode export = new ObjectMapper().readTree(created.body());
            String id = export.path("id").textValue();
            JdbcClient database = JdbcClient.create(postgres.database(DATABASE));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> database.sql("select count(*) from outbox")
                                    .query(Long.class)
                                    .single()
                            == 0);
            assertThat(database.sql("""
                            select bool_and(ssl) from pg_stat_ssl join pg_stat_activity using (pid)
                            where application_name = 'export-service'""").query(Boolean.class).single()).isTrue();

            String upload = "/app/export/v1/%s/exampleApp/%s/upload"
                    .formatted(id, export.at("/sources/0/id").textValue());
            assertThat(send(client, replica.internalPort(), upload, "POST", "[\"data\"]")
                            .statusCode())
                    .isEqualTo(202);
            HttpResponse<byte[]> zip = send(client, replica.publicPort(), Api.EXPORTS + "/" + id, "GET", "");
            assertThat(zip.statusCode()).isEqualTo(200);
            try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
                entries.getNextEntry();
                assertThat(new String(entries.readAllBytes())).isEqualTo("[\"data\"]");
            }

            requireTls(replica.publicPort());
            requireTls(replica.internalPort());
        }
    }

    /** Creates the database, and a user who needs the password. */
    private void createDatabase(PostgresServer postgres) throws IOException {
        JdbcClient database = JdbcClient.create(postgres.database(LocalServers.DATABASE));
        database.sql("create role \"%s\" superuser login password '%s'"
                        .formatted(DATABASE_USER, DATABASE_PASSWORD.replace("'", "''")))
                .update();
        database.sql("create database \"%s\"".formatted(DATABASE)).update();
        Path rules = directory.resolve("postgres/pg_hba.conf");
        Files.writeString(
                rules, "hostssl all \"%s\" all scram-sha-256%n".formatted(DATABASE_USER) + Files.readString(rules));
        database.sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    private ReplicaProcess startReplica(PostgresServer postgres, Map<String, String> settings) throws IOException {
        createDatabase(postgres);
        return ReplicaProcess.start(directory.resolve("service.log"), settings);
    }

    /** No request succeeds without TLS, nor from a client that does not trust the authority. */
    private static void requireTls(int port) throws Exception {
        try (HttpClient untrusting = HttpClient.newHttpClient()) {
            URI address = URI.create("http://localhost:%d/".formatted(port));
            assertThat(untrusting
                            .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(400);
            URI secured = URI.create("https://localhost:%d/".formatted(port));
            assertThatThrownBy(() ->
                            untrusting.send(HttpRequest.newBuilder(secured).build(), BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static Map<String, String> settings(Ports ports, Certificates certificates) {
        Map<String, String> settings = new HashMap<>(LocalServers.environment(ports));
        settings.put("EXPORTS_PSKS", KEY);
        settings.put("PGSQL_DATABASE", DATABASE);
        settings.put("PGSQL_USER", DATABASE_USER);
        settings.put("PGSQL_PASSWORD", DATABASE_PASSWORD);
        settings.put("PGSQL_SSL_MODE", "verify-full");
        settings.put("PGSQL_SSL_ROOT_CERT", certificates.authority().toString());
        settings.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        settings.put("KAFKA_CA", certificates.authority().toString());
        settings.put("KAFKA_SASL_USERNAME", "exporter");
        settings.put("KAFKA_SASL_PASSWORD", KAFKA_PASSWORD);
        settings.put("MINIO_SSL", "true");
        settings.put("MINIO_CA", certificates.authority().toString());
        settings.put("EXPORT_TLS_CERTIFICATE", certificates.chain().toString());
        settings.put("EXPORT_TLS_KEY", certificates.key().toString());
        settings.put("METRICS_TLS", "true");
        return settings;
    }

    private static HttpResponse<byte[]> send(HttpClient client, int port, String path, String method, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:%d%s".formatted(port, path)))
                        .header("x-rh-identity", Api.identity("tls", "someone"))
                        .header("x-rh-exports-psk", KEY)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var pem = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
