package com.redhat.cloud.exports.export;

import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.database.SqlStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The statement for {@code GET /exports}: a single one, so that the count and the page are of the same moment. It returns one
 * row: the {@code count} of all matching exports; the page's {@code items} as JSON separated by commas, or null if they have
 * more than {@code maxBytes}; the number of {@code exports} in the page; its {@code size} in bytes; and whether it is
 * {@code cut}, because the next export would begin after {@code pageSize} bytes.
 */
record ListStatement(ListQuery query) {

    /** The query parameters by which {@code export_counts} counts. */
    private static final Set<String> COUNTED = Set.of("status", "application");

    /**
     * Ends a subquery that PostgreSQL shall evaluate row by row until the page is full. A plan that does not know the limit
     * might otherwise join all sources or all exports.
     */
    private static final String ONE_BY_ONE = "offset 0";

    /** Built once per shape of query, of which there are some hundreds. */
    private static final ConcurrentMap<Shape, SqlStatement> STATEMENTS = new ConcurrentHashMap<>();

    private record Shape(String order, Set<String> texts, boolean created, boolean expires) {}

    SqlStatement statement() {
        Shape shape = new Shape(
                query.order(), Set.copyOf(query.texts().keySet()), query.created() != null, query.expires() != null);
        return STATEMENTS.computeIfAbsent(shape, key -> SqlStatement.of(sql()));
    }

    String sql() {
        return """
                select (%1$s) as count, page.cut, page.exports, page.size,
                       case when page.size <= :maxBytes then page.items end as items
                from (
                    select count(*) filter (where start >= :pageSize) > 0 as cut,
                           count(*) filter (where start < :pageSize) as exports,
                           coalesce(sum(size) filter (where start < :pageSize), 0) as size,
                           coalesce(string_agg(item, ',') filter (where start < :pageSize), '') as items
                    from (
                        select item, octet_length(item) + 1 as size,
                               coalesce(sum(octet_length(item) + 1)
                                        over (rows between unbounded preceding and 1 preceding), 0) as start
                        from (
                            select export_json(e::export_payloads) as item
                            from (
                                select e.id from export_payloads e
                                where %2$s and e.expires > now()
                                order by %3$s
                                limit :limit offset :offset) ids
                            cross join lateral (
                                select * from export_payloads whole where whole.id = ids.id %4$s) e
                            order by %3$s) item) item) page
                """.formatted(isSummed() ? summed() : counted(), conditions(ONE_BY_ONE), query.order(), ONE_BY_ONE);
    }

    private boolean isSummed() {
        return query.created() == null
                && query.expires() == null
                && COUNTED.containsAll(query.texts().keySet());
    }

    private String counted() {
        return "select count(*) from export_payloads e where %s and e.expires > now()".formatted(conditions(""));
    }

    /** Expired exports are counted until they are deleted. They are few, and are looked up first. */
    private String summed() {
        return """
                with expired as materialized (select * from export_payloads where expires <= now())
                select (coalesce(sum(c.exports), 0) - (select count(*) from expired e where %s))::bigint
                from export_counts c
                where c.merged in (true, false) and %s""".formatted(conditions(""), conditionsOnCounts());
    }

    /** @param subqueryEnd the end of the subquery on an export's sources */
    private String conditions(String subqueryEnd) {
        StringBuilder conditions = new StringBuilder(tenant("e"));
        for (String name : List.of("name", "status")) {
            if (query.texts().containsKey(name)) {
                conditions.append(" and e.%1$s = :%1$s".formatted(name));
            }
        }
        String source = conditionsOnOneSource();
        if (!source.isEmpty()) {
            conditions.append(" and exists (select from sources s where s.export_payload_id = e.id%s %s)"
                    .formatted(source, subqueryEnd));
        }
        if (query.created() != null) {
            conditions.append(" and e.created_at between :created and :created + interval '24 hours'");
        }
        if (query.expires() != null) {
            conditions.append(" and e.expires between :expires and :expires + interval '24 hours'");
        }
        return conditions.toString();
    }

    /** All conditions must hold for one and the same source. */
    private String conditionsOnOneSource() {
        StringBuilder conditions = new StringBuilder();
        for (String name : List.of("application", "resource")) {
            if (query.texts().containsKey(name)) {
                conditions.append(" and s.%1$s = :%1$s".formatted(name));
            }
        }
        return conditions.toString();
    }

    private String conditionsOnCounts() {
        return tenant("c")
                + (query.texts().containsKey("status") ? " and c.status = :status" : "")
                + (query.texts().containsKey("application") ? " and :application = any (c.applications)" : "");
    }

    private static String tenant(String table) {
        return "%1$s.organization_id = :orgId and %1$s.username = :username and %1$s.account_id = :accountNumber"
                .formatted(table);
    }

    /**
     * @param pageSize bytes after which a page is cut
     * @param maxBytes of a page to return
     */
    Map<String, Object> parameters(Tenant tenant, long pageSize, long maxBytes) {
        Map<String, Object> parameters = new HashMap<>(query.texts());
        parameters.put("pageSize", pageSize);
        parameters.put("maxBytes", maxBytes);
        parameters.put("orgId", tenant.orgId());
        parameters.put("username", tenant.username());
        parameters.put("accountNumber", tenant.accountNumber());
        parameters.put("limit", query.limit());
        parameters.put("offset", query.offset());
        if (query.created() != null) {
            parameters.put("created", query.created());
        }
        if (query.expires() != null) {
            parameters.put("expires", query.expires());
        }
        return parameters;
    }
}
