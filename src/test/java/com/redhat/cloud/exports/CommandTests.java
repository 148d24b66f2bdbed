package com.redhat.cloud.exports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.testing.FormerDeployment;
import com.redhat.cloud.exports.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arguments that deployments of the former service start their containers with. */
class CommandTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "'', SERVE",
        "api_server, SERVE",
        "export-service api_server, SERVE",
        "export-service, SERVE",
        "--PUBLIC_PORT=1, SERVE",
        "api_server --PUBLIC_PORT=1, SERVE",
        "migrate_db upgrade, MIGRATE",
        "export-service migrate_db upgrade, MIGRATE",
        "migrate_db downgrade, MIGRATE_BACK",
        "expired_export_cleaner, CLEAN",
        "check_routes, CHECK_ROUTES",
        "check_routes /routes, CHECK_ROUTES",
        "check_routes /routes more, UNKNOWN",
        "migrate_db, UNKNOWN",
        "apiserver, UNKNOWN",
        "api_server api_server, UNKNOWN",
        "export-services, UNKNOWN"
    })
    void everyKnownWordIsUnderstoodAndNoOther(String arguments, Command command) {
        assertThat(Command.of(arguments.split(" "))).isEqualTo(command);
    }

    @Test
    void whatIsUnknownEndsWithStatusTwoAndSaysWhatIsAllowed() throws Exception {
        Ended ended = run(Map.of(), "serve");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).contains("Unknown arguments: serve. ", "api_server", "migrate_db upgrade");
    }

    @Test
    void thereIsNoDowngrade() throws Exception {
        Ended ended = run(Map.of(), "migrate_db", "downgrade");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).contains("docs/migration.md").hasLineCount(1);
    }

    @Test
    void theCleanerHasNothingToDo() throws Exception {
        assertThat(run(Map.of(), "expired_export_cleaner").status()).isZero();
    }

    @Test
    void upgradeMigratesAndEnds() throws Exception {
        FormerDeployment former = FormerDeployment.create("upgraded");
        Ended ended = run(Map.of("PGSQL_DATABASE", "upgraded"), "migrate_db", "upgrade");
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(former.database()
                        .sql("select count(*) from outbox")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private record Ended(int status, String output) {}

    private Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ExportServiceApplication.class.getName()));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(TestServers.servers().environment());
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        return new Ended(status, Files.readString(output, UTF_8));
    }
}
