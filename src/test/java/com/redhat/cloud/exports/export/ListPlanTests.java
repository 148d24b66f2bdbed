package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.TestServers;
import com.redhat.cloud.exports.config.SchemaMigration;
import com.redhat.cloud.exports.identity.Tenant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How PostgreSQL goes about the list of a tenant with many exports among many others. */
class ListPlanTests {

    private static final Tenant TENANT = new Tenant("540155", "org-0", "alice");

    private static JdbcClient database;

    @BeforeAll
    static void fill() {
        client("exports").sql("create database many").update();
        DataSource many = source("many");
        new SchemaMigration()
                .migrate(Flyway.configure()
                        .dataSource(many)
                        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                        .load());
        database = JdbcClient.create(many);
        database.sql("""
                        insert into export_payloads (id, created_at, expires, name, format, status, account_id,
                                                     organization_id, username)
                        select gen_random_uuid(), now() - i * interval '1 second', now() + interval '7 days', 'n', 'json',
                               case when i % 100 < 2 then 'pending' else 'complete' end, '540155',
                               'org-' || sign(i % 5) * (i % 500), 'alice'
                        from generate_series(1, 50000) i""").update();
        database.sql("vacuum analyze").update();
    }

    private static DataSource source(String name) {
        Map<String, String> servers = TestServers.servers().environment();
        return new DriverManagerDataSource(
                "jdbc:postgresql://localhost:%s/%s".formatted(servers.get("PGSQL_PORT"), name),
                servers.get("PGSQL_USER"),
                servers.get("PGSQL_PASSWORD"));
    }

    private static JdbcClient client(String name) {
        return JdbcClient.create(source(name));
    }

    private static String plan(Map<String, String> query) {
        ListQuery page = ListQuery.parse(query.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
        return String.join(
                "\n",
                database.sql("explain (costs off) " + page.sql())
                        .params(page.parameters(TENANT))
                        .query(String.class)
                        .list());
    }

    @Test
    void theListIsCountedAndPagedInAnIndexInBothDirections() {
        for (String direction : List.of("asc", "desc")) {
            String plan = plan(Map.of("dir", direction, "offset", "9000"));
            assertThat(plan)
                    .containsPattern("Aggregate\\s+->  Index Only Scan using export_payloads_tenant_")
                    .containsPattern(
                            "Index Only Scan (Backward )?using export_payloads_tenant_created on export_payloads e_")
                    .doesNotContain("Seq Scan", "Bitmap");
        }
    }

    @Test
    void aStatusIsCountedAndPagedInAnIndex() {
        assertThat(plan(Map.of("dir", "desc", "status", "pending")))
                .containsPattern("Aggregate\\s+->  Index Only Scan using export_payloads_tenant_status")
                .containsPattern("Index Only Scan Backward using export_payloads_tenant_status")
                .doesNotContain("Seq Scan", "Bitmap");
    }

    @Test
    void aDayIsFoundInAnIndex() {
        assertThat(plan(Map.of("created_at", "2026-01-01")))
                .containsPattern("Index Cond: .*created_at >=")
                .doesNotContain("Seq Scan");
    }
}
