package com.redhat.cloud.exports.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.testing.FormerDeployment;
import com.redhat.cloud.exports.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Migrates the former service's database while its replicas are running. */
class MigrationTests {

    private static Flyway flyway(String database) {
        return Flyway.configure()
                .dataSource(TestServers.servers().database(database))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
    }

    @Test
    void tablesStayUsableWhileIndexesAreBuiltAndAnInterruptedBuildIsRepeated() throws SQLException {
        String name = "migrated";
        JdbcClient database = FormerDeployment.create(name).database();
        Future<?> migration;
        try (var thread = Executors.newVirtualThreadPerTaskExecutor();
                Connection writer = TestServers.servers().database(name).getConnection()) {
            Flyway.configure()
                    .configuration(flyway(name).getConfiguration())
                    .target("2")
                    .repeatableSqlMigrationPrefix("none")
                    .load()
                    .migrate();
            // Building an index waits for every writing transaction.
            writer.setAutoCommit(false);
            insertExport(JdbcClient.create(new SingleConnectionDataSource(writer, true)));
            migration = thread.submit(() -> new SchemaMigration().migrate(flyway(name)));
            int builder = await().until(() -> builders(database), pids -> !pids.isEmpty())
                    .getFirst();

            insertExport(database);
            assertThat(database.sql("select count(*) from export_payloads")
                            .query(Long.class)
                            .single())
                    .isOne();

            database.sql("select pg_cancel_backend(:pid)")
                    .param("pid", builder)
                    .query(Boolean.class)
                    .single();
            writer.commit();
        }
        assertThat(migration.state()).isEqualTo(Future.State.FAILED);
        assertThat(invalidIndexes(database)).hasSize(1);

        new SchemaMigration().migrate(flyway(name));
        assertThat(invalidIndexes(database)).isEmpty();
        assertThat(flyway(name).info().pending()).isEmpty();
    }

    @Test
    void aLockedTableFailsTheStartAndTheNextStartSucceeds() throws SQLException {
        String name = "held";
        FormerDeployment.create(name);
        try (Connection reader = TestServers.servers().database(name).getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().executeQuery("select * from sources").close();
            assertThatThrownBy(() -> new SchemaMigration().migrate(flyway(name)))
                    .isInstanceOf(FlywayException.class)
                    .hasMessageContaining("lock timeout");
        }
        new SchemaMigration().migrate(flyway(name));
        assertThat(flyway(name).info().pending()).isEmpty();
    }

    private static void insertExport(JdbcClient database) {
        database.sql("insert into export_payloads (id) values (:id)")
                .param("id", UUID.randomUUID())
                .update();
    }

    private static List<Integer> builders(JdbcClient database) {
        return database.sql("""
                        select pid from pg_stat_activity
                        where datname = current_database() and query like '%concurrently%' and wait_event_type = 'Lock'
                          and pid <> pg_backend_pid()""").query(Integer.class).list();
    }

    private static List<String> invalidIndexes(JdbcClient database) {
        return database.sql("select indexrelid::regclass::text from pg_index where not indisvalid")
                .query(String.class)
                .list();
    }
}
