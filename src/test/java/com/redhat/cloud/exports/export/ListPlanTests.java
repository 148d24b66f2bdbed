package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.database.PlanDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans of the list of a tenant with many exports, among many other tenants. */
class ListPlanTests {

    private static final Tenant TENANT = new Tenant("540155", "org-0", "alice");

    private static final int EXPORTS = 50000;

    /** 8 KiB each. A page of 20 reads about 200, a scan of all the tenant's exports more than 900. */
    private static final int MAX_BUFFERS = 400;

    private static PlanDatabase database;

    @BeforeAll
    static void fill() throws SQLException {
        database = PlanDatabase.create("many");
        database.migrateTablesOfFormerService();
        database.client().sql("""
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
        database.migrate();
        database.client().sql("vacuum analyze").update();
        database.applySettingsOfTheService();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static JsonNode explain(String options, Map<String, String> query) throws IOException {
        ListStatement list = ListSql.statement(query);
        return database.explain(options, list.sql(), list.parameters(TENANT, Integer.MAX_VALUE, Integer.MAX_VALUE));
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
    void aPageAndTheCountOfManyReadFewRows(Map<String, String> query) throws IOException {
        Map<String, String> page = new HashMap<>(query);
        page.put("limit", "20");
        JsonNode plan = explain("analyze, buffers", page).at("/0/Plan");
        int buffers = plan.path("Shared Hit Blocks").asInt()
                + plan.path("Shared Read Blocks").asInt();
        assertThat(buffers).as(plan.toPrettyString()).isBetween(20, MAX_BUFFERS);
        for (JsonNode node : PlanDatabase.nodes(plan)) {
            long rows = (node.path("Actual Rows").asLong()
                            + node.path("Rows Removed by Filter").asLong())
                    * node.path("Actual Loops").asLong();
            assertThat(rows).as(node.toPrettyString()).isLessThan(EXPORTS / 100);
        }
    }

    @Test
    void aListPlannedForEmptyTablesScansNoWholeTable() throws Exception {
        try (PlanDatabase unfilled = PlanDatabase.createWithEmptyTables("without_exports")) {
            for (Map<String, String> page : pages()) {
                ListStatement list = ListSql.statement(page);
                assertThat(PlanDatabase.scansOfAll(unfilled.explain(
                                "costs off",
                                list.sql(),
                                list.parameters(TENANT, Integer.MAX_VALUE, Integer.MAX_VALUE))))
                        .as(page.toString())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theCountIsTheNumberOfExports(Map<String, String> query) {
        Map<String, String> all = new HashMap<>(query);
        all.put("limit", Integer.toString(EXPORTS));
        ListStatement list = ListSql.statement(all);
        database.client()
                .sql("select list.count, json_array_length(('[' || list.items || ']')::json) as length from (%s) list"
                        .formatted(list.sql()))
                .params(list.parameters(TENANT, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .query((row, number) -> assertThat(row.getLong("count"))
                        .isEqualTo(row.getLong("length"))
                        .isPositive())
                .single();
    }

    @Test
    void aDistantPageIsFoundByAnIndexInBothDirections() throws IOException {
        for (String direction : List.of("asc", "desc")) {
            JsonNode plan = explain("costs off", Map.of("dir", direction, "offset", "9000"));
            assertThat(PlanDatabase.scansOfAll(plan)).isEmpty();
            assertThat(PlanDatabase.nodes(plan))
                    .anyMatch(node -> node.path("Node Type").asText().equals("Index Only Scan")
                            && node.path("Index Name").asText().equals("export_payloads_tenant_created")
                            && node.path("Alias").asText().equals("e"));
        }
    }

    @Test
    void aDayIsFoundByAnIndex() throws IOException {
        JsonNode plan = explain("costs off", Map.of("created_at", "2026-01-01"));
        assertThat(PlanDatabase.scansOfAll(plan)).isEmpty();
        assertThat(PlanDatabase.nodes(plan))
                .anyMatch(node -> node.path("Index Cond").asText().contains("created_at >="));
    }
}
