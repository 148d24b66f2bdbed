package com.redhat.cloud.exports.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** Starts of an application that only reads the settings. */
@ExtendWith(OutputCaptureExtension.class)
class StartTests {

    /** Settings whose value is any text. */
    private static final List<String> TEXTS = List.of(
            "PGSQL_DATABASE",
            "PGSQL_USER",
            "PGSQL_PASSWORD",
            "KAFKA_SASL_MECHANISM",
            "KAFKA_SASL_USERNAME",
            "KAFKA_SASL_PASSWORD",
            "KAFKA_EVENT_SOURCE",
            "KAFKA_EVENT_SPECVERSION",
            "KAFKA_EVENT_TYPE",
            "KAFKA_EVENT_DATASCHEMA",
            "KAFKA_EVENT_SCHEMA",
            "MINIO_HOST",
            "AWS_ACCESS_KEY",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_REGION",
            "EXPORT_ENABLE_APPS",
            "EXPORT_DOWNLOAD_MEDIA_TYPE",
            "EXPORT_SERVICE_NAME",
            "EXPORT_HELP_TEXT",
            "EXPORT_HELP_LINK");

    /** Settings whose text must follow a rule. */
    private static final List<String> RULED = List.of(
            "KAFKA_ANNOUNCE_TOPIC",
            "EXPORT_SERVICE_BUCKET",
            "KAFKA_BROKERS",
            "PGSQL_HOSTNAME",
            "PGSQL_SSL_MODE",
            "KAFKA_CA",
            "MINIO_CA",
            "PGSQL_SSL_ROOT_CERT",
            "EXPORTS_PSKS_FILE",
            "ACG_CONFIG");

    @EnableConfigurationProperties(ExportProperties.class)
    static class SettingsAlone {}

    @TempDir
    Path directory;

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(SettingsAlone.class);
        application.setSources(Set.of("com.redhat.cloud.exports.identity.PreSharedKeys"));
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        return application;
    }

    private static void start(Consumer<Environment> inspect, String... settings) {
        try (var context = application()
                .run(Arrays.stream(settings).map(setting -> "--" + setting).toArray(String[]::new))) {
            inspect.accept(context.getEnvironment());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUBLIC_PORT=http | PUBLIC_PORT must be a whole number, but is 'http'",
                "PRIVATE_PORT=0 | PRIVATE_PORT must be a port, 1 to 65535, but is '0'",
                "METRICS_PORT=65536 | METRICS_PORT must be a port, 1 to 65535, but is '65536'",
                "PRIVATE_PORT=8000 | PRIVATE_PORT must differ from PUBLIC_PORT, but both are 8000",
                "METRICS_PORT=10000 | METRICS_PORT must differ from PRIVATE_PORT, but both are 10000",
                "PGSQL_PORT=x | PGSQL_PORT must be a whole number, but is 'x'",
                "MINIO_PORT=tcp://10.0.0.1:9000 | MINIO_PORT must be a whole number, but is 'tcp://10.0.0.1:9000'",
                "PGSQL_SSL_MODE=on | PGSQL_SSL_MODE must be one of disable, allow, prefer, require, verify-ca, verify-full, but is 'on'",
                "PGSQL_PORT=65536 | PGSQL_PORT must be a port, 1 to 65535, but is '65536'",
                "MINIO_PORT=-1 | MINIO_PORT must be a port, 0 to 65535, but is '-1'",
                "PGSQL_POOL_SIZE=0 | PGSQL_POOL_SIZE must be 1 or more, but is 0",
                "EXPORT_SHUTDOWN_GRACE=long | EXPORT_SHUTDOWN_GRACE must be a time like 500ms, 60s, 5m, 2h or 7d, but is 'long'",
                "EXPORT_LIMIT_IDLE_TIMEOUT=0s | EXPORT_LIMIT_IDLE_TIMEOUT must be more than 0, but is 0 ms",
                "KAFKA_BROKERS=kafka | KAFKA_BROKERS must be a comma-separated list of host:port, but has 'kafka'",
                "KAFKA_BROKERS=a:1,,b:2 | KAFKA_BROKERS must be a comma-separated list of host:port, but has ''",
                "KAFKA_SECURITY_PROTOCOL=TLS | KAFKA_SECURITY_PROTOCOL must be one of plaintext, ssl, sasl_plaintext, sasl_ssl, but is 'TLS'",
                "KAFKA_SECURITY_PROTOCOL=SASL_SSL | KAFKA_SASL_USERNAME must be set when KAFKA_SECURITY_PROTOCOL starts with SASL",
                "KAFKA_CA=/no/such/file | KAFKA_CA names a file that cannot be read: /no/such/file",
                "PGSQL_SSL_ROOT_CERT=/no/such/file | PGSQL_SSL_ROOT_CERT names a file that cannot be read: /no/such/file",
                "EXPORTS_PSKS_FILE=/no/such/file | EXPORTS_PSKS_FILE names a file that cannot be read: /no/such/file",
                "EXPORTS_PSKS_FILE=/dev/null | EXPORTS_PSKS_FILE names a file without a key: /dev/null",
                "MINIO_CA=/no/such/file | MINIO_CA names a file that cannot be read: /no/such/file",
                "EXPORT_TLS_KEY=/no/such/file | EXPORT_TLS_CERTIFICATE must be set too: a certificate and its key belong together",
                "METRICS_TLS=true | EXPORT_TLS_CERTIFICATE must be set when METRICS_TLS is true",
                "ACG_CONFIG=/no/such/file | ACG_CONFIG names a file that cannot be read as JSON: /no/such/file",
                "MINIO_SSL=maybe | MINIO_SSL must be true or false, but is 'maybe'",
                "DISABLE_SERVICE_TO_SERVICE_PSK_AUTH=x | DISABLE_SERVICE_TO_SERVICE_PSK_AUTH must be true or false, but is 'x'",
                "MAX_PAYLOAD_SIZE=500MB | MAX_PAYLOAD_SIZE must be a whole number, but is '500MB'",
                "MAX_PAYLOAD_SIZE=0 | MAX_PAYLOAD_SIZE must be a whole number of MiB, 1 or more, but is 0",
                "EXPORT_EXPIRY_DAYS=week | EXPORT_EXPIRY_DAYS must be a whole number, but is 'week'",
                "EXPORT_EXPIRY_PERIOD=often | EXPORT_EXPIRY_PERIOD must be a time like 500ms, 60s, 5m, 2h or 7d, but is 'often'",
                "EXPORT_DELETION_PERIOD=0s | EXPORT_DELETION_PERIOD must be more than 0, but is 0 ms",
                "EXPORT_UPLOAD_VALIDATION=lenient | EXPORT_UPLOAD_VALIDATION must be one of off, syntax, strict, but is 'lenient'",
                "EXPORT_DEFLATER=gzip | EXPORT_DEFLATER must be one of auto, isal, parallel, jdk, but is 'gzip'",
                "EXPORT_EVENT_SHAPE=flat | EXPORT_EVENT_SHAPE must be one of platform, guide, but is 'flat'",
                "RATE_LIMIT_RATE=1.5 | RATE_LIMIT_RATE must be a whole number, but is '1.5'",
                "EXPORT_LIMIT_BODY=much | EXPORT_LIMIT_BODY must be a size like 512KB or 1MB, but is 'much'",
                "EXPORT_LIMIT_BODY=3GB | EXPORT_LIMIT_BODY must be more than 0 and less than 2GB, but is 3221225472 bytes",
                "EXPORT_LIMIT_SOURCES=0 | EXPORT_LIMIT_SOURCES must be 1 or more, but is 0",
                "EXPORT_LIMIT_UPLOADS=-1 | EXPORT_LIMIT_UPLOADS must be 0 or more, but is -1",
                "LOG_LEVEL=loud | LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, off, but is 'loud'"
            })
    void aWrongSettingEndsTheStartWithASentence(String setting, String sentence, CapturedOutput output) {
        assertThatThrownBy(() -> start(environment -> {}, setting)).isInstanceOf(RuntimeException.class);
        assertThat(output.toString())
                .contains("APPLICATION FAILED TO START", sentence)
                .doesNotContain("\tat ");
    }

    /** Spring Boot reads such a variable directly, past the placeholder in application.yaml. */
    @Test
    void anEnvironmentVariableNamedLikeItsPropertyIsNamedToo(CapturedOutput output) {
        SpringApplication application = application();
        application.setEnvironment(environmentOf(Map.of("EXPORT_EXPIRY_PERIOD", "often")));
        assertThatThrownBy(application::run).isInstanceOf(RuntimeException.class);
        assertThat(output.toString())
                .contains("EXPORT_EXPIRY_PERIOD must be a time like 500ms, 60s, 5m, 2h or 7d, but is 'often'");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPORT_ERASE_PERIOD, EXPORT_DELETION_PERIOD",
        "EXPORT_LIMIT_DOWNLOADS_OF_ONE, EXPORT_LIMIT_DOWNLOADS_PER_ORGANISATION",
        "EXPORT_LIMIT_HEAD_TIME, EXPORT_LIMIT_HEADER_TIMEOUT",
        "EXPORT_LIMIT_MEMORY_OF_ONE, EXPORT_LIMIT_MEMORY_PER_ORGANISATION",
        "EXPORT_LIMIT_PATIENCE, EXPORT_LIMIT_QUEUE_TIMEOUT",
        "EXPORT_LIMIT_REQUESTS_OF_ONE, EXPORT_LIMIT_REQUESTS_PER_ORGANISATION",
        "EXPORT_LIMIT_SILENCE, EXPORT_LIMIT_IDLE_TIMEOUT",
        "EXPORT_LIMIT_SLOWEST, EXPORT_LIMIT_MIN_BYTES_PER_SECOND",
        "EXPORT_LIMIT_SLOWEST_FOR, EXPORT_LIMIT_MIN_BYTES_WITHIN",
        "EXPORT_LIMIT_UPLOADS_OF_ONE, EXPORT_LIMIT_UPLOADS_PER_APPLICATION",
        "EXPORT_LIMIT_UPLOADS_OF_ORG, EXPORT_LIMIT_UPLOADS_PER_ORGANISATION",
        "EXPORT_REQUEST_REPEATS, EXPORT_REMINDERS",
        "EXPORT_REQUEST_REPEAT_AFTER, EXPORT_REMINDER_AFTER",
        "EXPORT_SOURCE_DEADLINE, EXPORT_RESPONSE_DEADLINE"
    })
    void anOldNameEndsTheStartWithTheNewOne(String oldName, String newName, CapturedOutput output) {
        assertThatThrownBy(() -> start(environment -> {}, oldName + "=s3cret"))
                .isInstanceOf(InvalidSettingException.class);
        assertThat(output.toString())
                .contains("APPLICATION FAILED TO START", oldName + " is now called " + newName + System.lineSeparator())
                .doesNotContain("\tat ", "s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"app\":\"s3cret\" | is not a JSON object", "{\"app\":[[\"s3cret\"]]} | strings"})
    void brokenKeysAreRefusedAndNotPrinted(String keys, String reason, CapturedOutput output) {
        assertThatThrownBy(() -> start(environment -> {}, "EXPORTS_PSKS=" + keys))
                .isInstanceOf(RuntimeException.class);
        assertThat(output.toString()).contains("EXPORTS_PSKS", reason).doesNotContain("s3cret");
    }

    @Test
    void keysThatAreNotCheckedCauseAWarning(CapturedOutput output) {
        start(environment -> {}, "EXPORTS_PSKS=s3cret", "DISABLE_SERVICE_TO_SERVICE_PSK_AUTH=true");
        assertThat(output.toString())
                .contains("DISABLE_SERVICE_TO_SERVICE_PSK_AUTH is set: the internal API admits every caller")
                .doesNotContain("s3cret");
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        Environment environment =
                environment(Map.of("MINIO_PORT", "", "KAFKA_BROKERS", " ", "AWS_REGION", "eu-west-1"));

        assertThat(environment.getProperty("MINIO_PORT", "9099")).isEqualTo("9099");
        assertThat(environment.getProperty("KAFKA_BROKERS", "localhost:9092")).isEqualTo("localhost:9092");
        assertThat(environment.getProperty("AWS_REGION", "us-east-1")).isEqualTo("eu-west-1");
    }

    /** Variables of a pod beside Services named minio and server; the deployment sets one of them. */
    @Test
    void aServiceVariableOfKubernetesCountsAsUnset() {
        Environment environment = environment(Map.of(
                "MINIO_SERVICE_HOST", "10.0.0.1",
                "MINIO_PORT", "443",
                "SERVER_SERVICE_HOST", "10.0.0.2",
                "SERVER_SERVICE_PORT", "80",
                "SERVER_PORT", "tcp://10.0.0.2:80"));

        assertThat(environment.getProperty("MINIO_PORT")).isEqualTo("443");
        assertThat(environment.getProperty("server.port")).isNull();
    }

    @Test
    void aWrongPortWithoutAServiceIsRefused() {
        assertThat(environment(Map.of("MINIO_PORT", "tcp://10.0.0.1:9000")).getProperty("MINIO_PORT"))
                .isEqualTo("tcp://10.0.0.1:9000");
    }

    private static Environment environment(Map<String, Object> variables) {
        StandardEnvironment environment = environmentOf(variables);
        new UnsetVariables().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }

    private static StandardEnvironment environmentOf(Map<String, Object> variables) {
        return new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return variables;
            }
        };
    }

    @Test
    void aClowderFileSetsEverythingThatItNames() throws IOException {
        Path file = Files.writeString(directory.resolve("cdappconfig.json"), CLOWDER);
        start(
                environment -> {
                    assertThat(environment.getProperty("server.port")).isEqualTo("8001");
                    assertThat(environment.getProperty("export.internal-port")).isEqualTo("10001");
                    assertThat(environment.getProperty("management.server.port"))
                            .isEqualTo("9001");
                    assertThat(environment.getProperty("management.endpoints.web.path-mapping.prometheus"))
                            .isEqualTo("prometheus/metrics");
                    assertThat(environment.getProperty("export.database.host")).isEqualTo("db.example");
                    assertThat(environment.getProperty("export.database.port")).isEqualTo("5433");
                    assertThat(environment.getProperty("export.database.name")).isEqualTo("exports");
                    assertThat(environment.getProperty("export.database.ssl-mode"))
                            .isEqualTo("verify-full");
                    assertThat(environment.getProperty("export.database.username"))
                            .isEqualTo("dbuser");
                    assertThat(environment.getProperty("export.database.password"))
                            .isEqualTo("db:pa$$\"word");
                    assertThat(Path.of(environment.getProperty("export.database.ca-file", "")))
                            .hasContent("the database's certificates");
                    assertThat(environment.getProperty("export.kafka.brokers"))
                            .isEqualTo("k1.example:9093,k2.example:9092");
                    assertThat(environment.getProperty("export.kafka.security-protocol"))
                            .isEqualTo("SASL_SSL");
                    assertThat(environment.getProperty("export.kafka.sasl-mechanism"))
                            .isEqualTo("SCRAM-SHA-512");
                    assertThat(environment.getProperty("export.kafka.sasl-username"))
                            .isEqualTo("kuser");
                    assertThat(environment.getProperty("export.kafka.sasl-password"))
                            .isEqualTo("k\"pw");
                    assertThat(Path.of(environment.getProperty("export.kafka.ca-file", "")))
                            .hasContent("the brokers' certificates");
                    assertThat(environment.getProperty("export.event.topic")).isEqualTo("renamed-topic");
                    assertThat(environment.getProperty("export.storage.host")).isEqualTo("s3.example");
                    assertThat(environment.getProperty("export.storage.port")).isEqualTo("443");
                    assertThat(environment.getProperty("export.storage.ssl")).isEqualTo("true");
                    assertThat(environment.getProperty("export.storage.bucket")).isEqualTo("renamed-bucket");
                    assertThat(environment.getProperty("export.storage.access-key"))
                            .isEqualTo("bucket-key");
                    assertThat(environment.getProperty("export.storage.secret-key"))
                            .isEqualTo("bucket-secret");
                    assertThat(environment.getProperty("export.storage.region")).isEqualTo("eu-west-1");
                },
                "ACG_CONFIG=" + file,
                "PUBLIC_PORT=1",
                "PGSQL_HOSTNAME=elsewhere");
    }

    private static List<String> oddTexts() {
        return List.of(
                "${s3cret}",
                "${s3cret:default}",
                "${PGSQL_USER}",
                "a${s3${cret}}b",
                "${s3cret",
                "\\${s3cret}",
                "\\\\${s3cret}",
                "\\${s3cret",
                "$${s3cret}}${",
                "{{s3cret}}",
                "{{s3cret",
                "\\{{s3cret}}",
                "#{s3cret}",
                "\\s3cret\\",
                "s3cret\"'",
                "'s3cret'",
                "s3;cret%41%&?#+=s3",
                "RAW(s3cret)",
                "s3 cret\n{cipher}ü€");
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void everyTextOfAnArgumentIsLiteral(String text) {
        start(
                environment -> requireLiteral(environment, text),
                Stream.concat(TEXTS.stream().map(name -> name + "=" + text), Stream.of("EXPORTS_PSKS=k" + text))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void everyTextOfAVariableIsLiteral(String text) {
        Map<String, Object> variables = new HashMap<>();
        TEXTS.forEach(name -> variables.put(name, text));
        variables.put("EXPORTS_PSKS", "k" + text);
        SpringApplication application = application();
        application.setEnvironment(environmentOf(variables));
        try (var context = application.run()) {
            requireLiteral(context.getEnvironment(), text);
        }
    }

    private static void requireLiteral(Environment environment, String text) {
        ExportProperties settings =
                Binder.get(environment).bind("export", ExportProperties.class).get();
        assertThat(List.of(
                        settings.database().name(),
                        settings.database().username(),
                        settings.database().password(),
                        settings.kafka().saslMechanism(),
                        settings.kafka().saslUsername(),
                        settings.kafka().saslPassword(),
                        settings.event().source(),
                        settings.event().specVersion(),
                        settings.event().type(),
                        settings.event().dataSchema(),
                        settings.event().schema(),
                        settings.storage().host(),
                        settings.storage().accessKey(),
                        settings.storage().secretKey(),
                        settings.storage().region(),
                        settings.enabledApplications(),
                        settings.download().mediaType(),
                        settings.download().serviceName(),
                        settings.download().help(),
                        settings.download().helpLink(),
                        settings.preSharedKeys().substring(1)))
                .hasSize(TEXTS.size() + 1)
                .containsOnly(text);
        TEXTS.forEach(name -> assertThat(environment.getProperty(name))
                .as("as a route file reads it")
                .isEqualTo(text));
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void everyTextOfAClowderFileIsLiteral(String text) throws IOException {
        JsonNode config = new ObjectMapper().readTree(CLOWDER);
        ((ObjectNode) config.path("database"))
                .put("name", text)
                .put("username", text)
                .put("password", text);
        ((ObjectNode) config.at("/kafka/brokers/0/sasl")).put("username", text).put("password", text);
        ((ObjectNode) config.at("/objectStore/buckets/1"))
                .put("accessKey", text)
                .put("secretKey", text);
        Path file = Files.writeString(directory.resolve("cdappconfig.json"), config.toString());
        start(
                environment -> {
                    ExportProperties settings = Binder.get(environment)
                            .bind("export", ExportProperties.class)
                            .get();
                    assertThat(List.of(
                                    settings.database().name(),
                                    settings.database().username(),
                                    settings.database().password(),
                                    settings.kafka().saslUsername(),
                                    settings.kafka().saslPassword(),
                                    settings.storage().accessKey(),
                                    settings.storage().secretKey()))
                            .containsOnly(text);
                },
                "ACG_CONFIG=" + file);
    }

    @Test
    void aTextThatIsAgainstItsRuleIsNoPlaceholder(CapturedOutput output) {
        for (String variable : RULED) {
            assertThatThrownBy(() -> start(environment -> {}, variable + "=${s3cret}"))
                    .isInstanceOf(RuntimeException.class);
            assertThat(output.toString()).contains(variable + " ");
        }
        assertThat(output.toString()).doesNotContainIgnoringCase("resolve placeholder", "\tat ");
    }

    /** The path of a certificate is part of a URL for the management port. */
    @Test
    void theNameOfACertificateMayHaveAnyCharacters() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a b%41#?;${x}{{y}}+ü"));
        Path file = Files.writeString(odd.resolve("certificate.pem"), "PEM");
        start(
                environment -> assertThat(Path.of(
                                URI.create(environment.getRequiredProperty("management.server.ssl.certificate"))))
                        .isEqualTo(file),
                "EXPORT_TLS_CERTIFICATE=" + file,
                "EXPORT_TLS_KEY=" + file,
                "METRICS_TLS=true");
    }

    @Test
    void aSmallClowderFileLeavesOtherSettingsUnchanged() throws IOException {
        Path file = Files.writeString(directory.resolve("cdappconfig.json"), """
                {"metricsPort": 9001, "metricsPath": "/metrics", "logging": {},
                 "kafka": {"brokers": [{"hostname": "k"}], "topics": []},
                 "objectStore": {"hostname": "s3", "port": 9000, "tls": false, "accessKey": "a", "secretKey": "b"}}""");
        start(
                environment -> {
                    assertThat(environment.getProperty("server.port")).isEqualTo("8000");
                    assertThat(environment.getProperty("management.endpoints.web.path-mapping.prometheus"))
                            .isEqualTo("metrics");
                    assertThat(environment.getProperty("export.database.host")).isEqualTo("from-environment");
                    assertThat(environment.getProperty("export.kafka.brokers")).isEqualTo("k:9092");
                    assertThat(environment.getProperty("export.kafka.security-protocol"))
                            .isEqualTo("PLAINTEXT");
                    assertThat(environment.getProperty("export.event.topic")).isEqualTo("platform.export.requests");
                    assertThat(environment.getProperty("export.storage.bucket")).isEqualTo("exports-bucket");
                    assertThat(environment.getProperty("export.storage.access-key"))
                            .isEqualTo("a");
                },
                "ACG_CONFIG=" + file,
                "PGSQL_HOSTNAME=from-environment");
    }

    @Test
    void anInvalidClowderFileIsNotPrinted(CapturedOutput output) throws IOException {
        Path file = Files.writeString(directory.resolve("cdappconfig.json"), "{\"database\": {\"password\": s3cret}}");
        assertThatThrownBy(() -> start(environment -> {}, "ACG_CONFIG=" + file)).isInstanceOf(RuntimeException.class);
        assertThat(output.toString())
                .contains("ACG_CONFIG names a file that cannot be read as JSON")
                .doesNotContain("s3cret");
    }

    private static final String CLOWDER = """
            {
              "publicPort": 8001, "privatePort": 10001, "metricsPort": 9001, "metricsPath": "/prometheus/metrics",
              "logging": {"type": "null"}, "webPort": 8001, "hashCache": "x",
              "database": {
                "name": "exports", "hostname": "db.example", "port": 5433, "username": "dbuser",
                "password": "db:pa$$\\"word", "adminUsername": "a", "adminPassword": "b", "sslMode": "verify-full",
                "rdsCa": "the database's certificates"
              },
              "kafka": {
                "brokers": [
                  {"hostname": "k1.example", "port": 9093, "cacert": "the brokers' certificates", "authtype": "sasl",
                   "securityProtocol": "SASL_SSL",
                   "sasl": {"username": "kuser", "password": "k\\"pw", "saslMechanism": "SCRAM-SHA-512"}},
                  {"hostname": "k2.example"}
                ],
                "topics": [
                  {"requestedName": "another", "name": "not-this"},
                  {"requestedName": "platform.export.requests", "name": "renamed-topic"}
                ]
              },
              "objectStore": {
                "hostname": "s3.example", "port": 443, "tls": true, "accessKey": "store-key", "secretKey": "store-secret",
                "buckets": [
                  {"requestedName": "other", "name": "not-this", "accessKey": "c", "secretKey": "d"},
                  {"requestedName": "exports-bucket", "name": "renamed-bucket", "accessKey": "bucket-key",
                   "secretKey": "bucket-secret", "region": "eu-west-1"}
                ]
              }
            }
            """;
}
