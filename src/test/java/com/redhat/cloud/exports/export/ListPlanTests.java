package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.TestServers;
import com.redhat.cloud.exports.config.SchemaMigration;
import com.redhat.cloud.exports.identity.Tenant;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** How PostgreSQL goes about the list of a tenant with many exports among many others. */
class ListPlanTests {

    private static final Tenant TENANT = new Tenant("540155", "org-0", "alice");

    private static final int EXPORTS = 50000;

    /** Of PostgreSQL, 8 KiB each: a page of 20 takes about 200, a walk through all exports of the tenant over 900. */
    private static final int MOST_BUFFERS = 400;

    private static final JsonMapper JSON = new JsonMapper();

    private static JdbcClient database;

    @BeforeAll
    static void fill() throws SQLException {
        client("exports").sql("create database many").update();
        DataSource many = source("many");
        database = JdbcClient.create(new SingleConnectionDataSource(many.getConnection(), true));
        migrate(many, "3");
        database.sql("""
                        with created as (
                            insert into export_payloads (id, created_at, expires, name, format, status, account_id,
                                                         organization_id, username)
                            select gen_random_uuid(), now() - i * interval '1 second', now() + interval '7 days', 'n', 'json',
                                   case when i % 100 < 2 then 'pending' else 'complete' end, '540155',
                                   case when i <= :exports then 'org-0' else 'org-' || i % 100 + 1 end, 'alice'
                            from generate_series(1, 70000) i
                            returning id, created_at
                        )
                        insert into sources (id, export_payload_id, application, status, resource)
                        select gen_random_uuid(), id, case row_number() over (order by created_at) % 3 when 0 then 'a' else 'b' end,
                               'pending', 'r'
                        from created""").param("exports", EXPORTS).update();
        migrate(many, "latest");
        database.sql("vacuum analyze").update();
    }

    private static void migrate(DataSource database, String target) {
        new SchemaMigration()
                .migrate(Flyway.configure()
                        .dataSource(database)
                        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                        .target(target)
                        .load());
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

    private static ListStatement list(Map<String, String> query) {
        return new ListStatement(ListQuery.parse(
                query.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
                EXPORTS));
    }

    /** The plan that is good for all values of the parameters: the one that the service's connections ask for. */
    private static String explain(String options, Map<String, String> query) {
        ListStatement list = list(query);
        String sql = list.sql();
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, Object> parameter : list.parameters(TENANT).entrySet()) {
            values.add("'" + parameter.getValue() + "'");
            sql = sql.replaceAll(":" + parameter.getKey() + "\\b", "\\$" + values.size());
        }
        database.sql("set plan_cache_mode = force_generic_plan").update();
        database.sql("prepare list as " + sql).update();
        try {
            return String.join(
                    "\n",
                    database.sql("explain (%s) execute list (%s)".formatted(options, String.join(", ", values)))
                            .query(String.class)
                            .list());
        } finally {
            database.sql("deallocate list").update();
        }
    }

    private static String plan(Map<String, String> query) {
        return explain("costs off", query);
    }

    static List<Map<String, String>> pages() {
        return List.of(
                Map.of(),
                Map.of("dir", "desc"),
                Map.of("status", "pending"),
                Map.of("dir", "desc", "status", "complete", "application", "a"),
                Map.of("dir", "desc", "status", "pending", "application", "a"),
                Map.of("application", "b"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageAndTheNumberOfManyAreReadFromFewRows(Map<String, String> query) throws IOException {
        Map<String, String> page = new HashMap<>(query);
        page.put("limit", "20");
        JsonNode plan =
                JSON.readTree(explain("analyze, buffers, format json", page)).at("/0/Plan");
        int buffers = plan.path("Shared Hit Blocks").asInt()
                + plan.path("Shared Read Blocks").asInt();
        assertThat(buffers).as(plan.toPrettyString()).isBetween(20, MOST_BUFFERS);
        for (JsonNode node : nodes(plan)) {
            long rows = (node.path("Actual Rows").asLong()
                            + node.path("Rows Removed by Filter").asLong())
                    * node.path("Actual Loops").asLong();
            assertThat(rows).as(node.toPrettyString()).isLessThan(EXPORTS / 100);
        }
    }

    private static List<JsonNode> nodes(JsonNode plan) {
        return Stream.concat(Stream.of(plan), plan.path("Plans").valueStream().flatMap(part -> nodes(part).stream()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theNumberIsThatOfTheExports(Map<String, String> query) {
        Map<String, String> all = new HashMap<>(query);
        all.put("limit", Integer.toString(EXPORTS));
        ListStatement list = list(all);
        database.sql("select list.count, json_array_length(list.data::json) as length from (%s) list"
                        .formatted(list.sql()))
                .params(list.parameters(TENANT))
                .query((row, number) -> assertThat(row.getLong("count"))
                        .isEqualTo(row.getLong("length"))
                        .isPositive())
                .single();
    }

    @Test
    void aPageFarBehindIsReachedInAnIndexInBothDirections() {
        for (String direction : List.of("asc", "desc")) {
            assertThat(plan(Map.of("dir", direction, "offset", "9000")))
                    .containsPattern(
                            "Index Only Scan (Backward )?using export_payloads_tenant_created on export_payloads e_")
                    .doesNotContain("Seq Scan on export_payloads");
        }
    }

    @Test
    void aDayIsFoundInAnIndex() {
        assertThat(plan(Map.of("created_at", "2026-01-01")))
                .containsPattern("Index Cond: .*created_at >=")
                .doesNotContain("Seq Scan");
    }
}
