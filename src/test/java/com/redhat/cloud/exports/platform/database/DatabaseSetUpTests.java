package com.redhat.cloud.exports.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import com.redhat.cloud.exports.servers.PostgresServer;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Replica;
import com.redhat.cloud.exports.testing.TestServers;
import com.redhat.cloud.exports.testing.Together;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** PostgreSQL set up otherwise than the service was developed with. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseSetUpTests {

    /** Defaults of a database that change what statements mean, or end them. */
    private static final List<String> DEFAULTS = List.of(
            "timezone = 'America/New_York'",
            "datestyle = 'SQL, DMY'",
            "intervalstyle = 'sql_standard'",
            "standard_conforming_strings = off",
            "array_nulls = off",
            "transform_null_equals = on",
            "bytea_output = 'escape'",
            "synchronous_commit = off",
            "default_transaction_isolation = serializable",
            "statement_timeout = '300ms'",
            "lock_timeout = '300ms'",
            "idle_in_transaction_session_timeout = '300ms'",
            "enable_indexscan = on",
            "plan_cache_mode = force_custom_plan");

    private static final JdbcClient SERVER = TestServers.database(LocalServers.DATABASE);

    @TempDir
    Path directory;

    @Test
    void defaultsOfTheDatabaseChangeNothing() throws Exception {
        TestServers.createDatabase("odd_defaults");
        DEFAULTS.forEach(setting ->
                SERVER.sql("alter database odd_defaults set " + setting).update());
        var administrator = TestServers.servers().database("odd_defaults").unwrap(PGSimpleDataSource.class);
        administrator.setOptions("-c timezone=UTC -c statement_timeout=0 -c idle_in_transaction_session_timeout=0");
        JdbcClient database = JdbcClient.create(administrator);
        try (var replica = new Replica("PGSQL_DATABASE=odd_defaults")) {
            Api api = replica.api();
            Api.Export export = completedExport(api);
            // New York's clocks change on these days, which have 25 and 23 hours there.
            requireDay(api, export, database, LocalDate.parse("2026-11-01"));
            requireDay(api, export, database, LocalDate.parse("2026-03-08"));
            requireUploadWaits(api, administrator);
            api.delete(export).then().statusCode(200);
            api.status(export).then().statusCode(404);
        }
    }

    private static void requireDay(Api api, Api.Export export, JdbcClient database, LocalDate day) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Map.of(
                        start.minusSeconds(1),
                        0,
                        start,
                        1,
                        start.plus(Duration.ofHours(24)).minusSeconds(1),
                        1,
                        start.plus(Duration.ofHours(24)).plusSeconds(1),
                        0)
                .forEach((created, found) -> {
                    database.sql("update export_payloads set created_at = ?::timestamptz where id = ?::uuid")
                            .params(created.toString(), export.id())
                            .update();
                    api.list(export.identity(), "?created_at=" + day).then().body("data", hasSize(found));
                });
    }

    /** Longer than any time-out among the defaults. */
    private static void requireUploadWaits(Api api, DataSource administrator) throws Exception {
        Api.Export export = api.create("json", 1);
        try (Connection locker = administrator.getConnection();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            locker.setAutoCommit(false);
            var locking = JdbcClient.create(new SingleConnectionDataSource(locker, true));
            locking.sql("select from export_payloads where id = ?::uuid for update")
                    .param(export.id())
                    .query()
                    .listOfRows();
            Future<Integer> upload =
                    threads.submit(() -> api.upload(export, 0, "[1]").statusCode());
            await().until(() -> locking.sql("""
                            select exists (select from pg_stat_activity
                                where datname = 'odd_defaults' and wait_event_type = 'Lock'
                                    and clock_timestamp() - state_change > interval '1 s')""").query(Boolean.class).single());
            locker.rollback();
            assertThat(upload.get()).isEqualTo(202);
        }
    }

    /** @return an export of one source with quotes and backslashes in all of its texts */
    private static Api.Export completedExport(Api api) {
        Api.Export export = api.create(Api.identity("org'\\\\" + UUID.randomUUID(), "o'brien"), """
                {"name":"it's \\"a\\\\b\\"","format":"json","sources":[
                  {"application":"exampleApp","resource":"exampleResource","filters":{"a'\\\\":"b\\"'"}},
                  {"application":"exampleApp","resource":"exampleResource"}]}""");
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.error(export, 1, "{\"message\":\"it's a \\\\ NULL\",\"error\":1}")
                .then()
                .statusCode(202);
        api.status(export)
                .then()
                .body("status", equalTo("partial"))
                .body("name", equalTo("it's \"a\\b\""))
                .body("sources[0].filters", equalTo(Map.of("a'\\", "b\"'")))
                .body("sources[1].message", equalTo("it's a \\ NULL"));
        api.list(export.identity(), "").then().statusCode(200).body("data.id", equalTo(List.of(export.id())));
        api.download(export).then().statusCode(200);
        return export;
    }

    @Test
    void aRoleThatMayCreateNothingWorksOnTablesOfAnother(CapturedOutput output) {
        TestServers.createDatabase("owned");
        SERVER.sql("create role application login password 'x'").update();

        assertThatThrownBy(() -> new Replica("PGSQL_DATABASE=owned", "PGSQL_USER=application"));
        assertThat(output)
                .contains("PGSQL_USER may not change the tables: ", "permission denied for schema public")
                .contains("migrate_db upgrade");

        new Replica("PGSQL_DATABASE=owned").close();
        TestServers.database("owned")
                .sql("grant select, insert, update, delete on all tables in schema public to application")
                .update();
        try (var replica = new Replica("PGSQL_DATABASE=owned", "PGSQL_USER=application")) {
            completedExport(replica.api());
        }
    }

    /** The connections of the pool stay open: a server that is demoted without a restart. */
    @Test
    void afterAFailOverRequestsReachTheNewPrimary() throws Exception {
        int[] ports = Ports.free(2);
        List<PostgresServer> servers = IntStream.range(0, 2)
                .mapToObj(number -> start("server" + number, ports[number]))
                .toList();
        try (var first = servers.get(0);
                var second = servers.get(1)) {
            Flyway.configure()
                    .dataSource(second.database("exports"))
                    .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                    .load()
                    .migrate();
            setReadOnly(second, true);
            try (var replica = new Replica(
                    "PGSQL_HOSTNAME=localhost:%d, localhost".formatted(ports[1]),
                    "PGSQL_PORT=" + ports[0],
                    "PGSQL_DATABASE=exports")) {
                Api api = replica.api();
                api.create(Api.someone(), Api.request("json", 1));

                setReadOnly(first, true);
                assertThat(api.post(Api.someone(), Api.request("json", 1)).statusCode())
                        .isEqualTo(503);
                setReadOnly(second, false);
                await().atMost(Duration.ofSeconds(20))
                        .until(() ->
                                api.post(Api.someone(), Api.request("json", 1)).statusCode() == 202);
                Api.Export export = completedExport(api);
                assertThat(JdbcClient.create(second.database("exports"))
                                .sql("select count(*) from export_payloads where id = ?::uuid")
                                .param(export.id())
                                .query(Integer.class)
                                .single())
                        .isEqualTo(1);
            }
        }
    }

    private PostgresServer start(String name, int port) {
        try {
            return PostgresServer.start(directory.resolve(name), directory.resolve(name + ".log"), port, "exports");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void setReadOnly(PostgresServer server, boolean readOnly) {
        JdbcClient administrator = JdbcClient.create(server.database("postgres"));
        administrator
                .sql("alter system set default_transaction_read_only = " + (readOnly ? "on" : "off"))
                .update();
        administrator.sql("select pg_reload_conf()").query(Boolean.class).single();
        await().until(() -> administrator
                .sql("show default_transaction_read_only")
                .query(String.class)
                .single()
                .equals(readOnly ? "on" : "off"));
    }

    @Test
    void behindAPoolerThatGivesEachTransactionAnotherConnection(CapturedOutput output) throws Exception {
        TestServers.createDatabase("pooled");
        SERVER.sql("create role pooled superuser login").update();
        int port = Ports.free(1)[0];
        String[] settings = {
            "PGSQL_DATABASE=pooled", "PGSQL_USER=pooled", "PGSQL_PORT=" + port, "PGSQL_TRANSACTION_POOLING=true"
        };
        try (var pooler = startPooler(port)) {
            assertThatThrownBy(() -> new Replica(settings)).isNotNull();
            assertThat(output).contains("PGSQL_TRANSACTION_POOLING must be false for a migration");

            new Replica("PGSQL_DATABASE=pooled").close();
            assertThatThrownBy(() -> new Replica(settings)).isNotNull();
            assertThat(output).contains("PGSQL_TRANSACTION_POOLING needs settings of the role");
            // As the message says.
            Pattern.compile("alter role [^;]*;")
                    .matcher(output)
                    .results()
                    .forEach(statement -> SERVER.sql(statement.group()).update());
        }
        try (var pooler = startPooler(port);
                var replica = new Replica(settings)) {
            Api api = replica.api();
            Together.call(Collections.nCopies(20, () -> completedExport(api)));
        }
    }

    private ChildProcess startPooler(int port) throws Exception {
        Path users = Files.writeString(directory.resolve("users"), "\"pooled\" \"\"\n");
        Path configuration = Files.writeString(directory.resolve("pgbouncer.ini"), """
                [databases]
                * = host=localhost port=%s
                [pgbouncer]
                listen_addr = localhost
                listen_port = %d
                unix_socket_dir =
                pool_mode = transaction
                default_pool_size = 5
                server_check_delay = 0
                auth_type = trust
                auth_file = %s
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        TestServers.servers().environment().get("PGSQL_PORT"), port, users));
        // It does not run as root.
        directory.toFile().setExecutable(true, false);
        ChildProcess pooler = ChildProcess.start(
                "pgbouncer", new ProcessBuilder("/usr/sbin/pgbouncer", "-u", "nobody", configuration.toString()));
        await().until(() -> {
            try (var connection = new Socket("localhost", port)) {
                return connection.isConnected();
            } catch (ConnectException notYet) {
                return false;
            }
        });
        return pooler;
    }
}
