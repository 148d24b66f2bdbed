package com.redhat.cloud.exports.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.redhat.cloud.exports.hooks.Hook;
import com.redhat.cloud.exports.hooks.Hooks;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.outbox.EventRelay;
import com.redhat.cloud.exports.platform.concurrency.BatchingExecutor;
import com.redhat.cloud.exports.platform.concurrency.MemoryBudget;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.database.DatabaseBatches;
import com.redhat.cloud.exports.platform.database.SqlStatement;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Exports in the database. Concurrent requests share statements. */
@Component
class ExportStore {

    private static final SqlStatement CREATE = SqlStatement.read("export/create");
    private static final SqlStatement STATUS = SqlStatement.read("export/status");
    private static final SqlStatement DELETE = SqlStatement.read("export/delete");

    /** Concurrent batches of one kind. */
    private static final int BATCHES = 2;

    private final JdbcClient database;
    private final EventRelay relay;
    private final Hooks hooks;
    private final Duration keysKept;
    private final BatchingExecutor<NewExport, NewExport> creating;
    private final BatchingExecutor<Lookup, ExportState> finding;
    private final BatchingExecutor<Large, ExportState> findingLarge;
    private final long pageSize;

    ExportStore(JdbcClient database, EventRelay relay, Hooks hooks, ExportProperties properties) {
        this.database = database;
        this.relay = relay;
        this.hooks = hooks;
        this.keysKept = properties.expiry().idempotencyKeys();
        Duration queueTimeout = properties.traffic().queueTimeout();
        this.creating = DatabaseBatches.of("requests", BATCHES, NewExport::eventText, queueTimeout, this::createAll);
        this.finding = DatabaseBatches.of(
                "requests", BATCHES, lookup -> 0, queueTimeout, lookups -> findAll(lookups, MemoryBudget.SMALL));
        this.findingLarge = DatabaseBatches.alone(
                "requests",
                BATCHES,
                queueTimeout,
                large -> findAll(List.of(large.lookup()), large.maxBytes()).getFirst());
        this.pageSize = properties.limits().maxPageSize().toBytes();
    }

    /** Whether an export's events take so much memory that only few such exports may wait. */
    static boolean isLarge(int sources, String identity) {
        return DatabaseBatches.isLarge((long) sources * identity.length());
    }

    /** Stores an export and the request events of its sources, and wakes the relay. */
    void create(NewExport export) {
        creating.execute(export.tenant().orgId(), export);
    }

    /** Does the same unless the tenant has used the key already. Returns the owner of the key. */
    Claim create(NewExport export, IdempotencyKey key) {
        return create(List.of(export), key).orElseThrow();
    }

    /**
     * The owner of an idempotency key.
     *
     * @param exportId the export made with the key, now or earlier
     * @param sameRequest whether it was made by the same request
     */
    record Claim(UUID exportId, boolean sameRequest) {}

    private List<NewExport> createAll(List<NewExport> exports) {
        create(exports, null);
        return exports;
    }

    private Optional<Claim> create(List<NewExport> exports, @Nullable IdempotencyKey key) {
        Optional<Claim> claim = hooks.changeAndAdd(
                Hook.EXPORT_CREATED,
                exports.stream().map(NewExport::id).toList(),
                () -> CREATE.on(database)
                        .params(NewExport.parameters(exports))
                        .param("key", key == null ? null : key.text())
                        .param("request", key == null ? null : key.request())
                        .param("keptSeconds", keysKept.toSeconds())
                        .query((row, number) ->
                                new Claim(row.getObject("export_id", UUID.class), row.getBoolean("same_request")))
                        .optional());
        relay.wake();
        return claim;
    }

    /** Returns null when the tenant has no such export. */
    @Nullable
    ExportState find(UUID exportId, Tenant tenant) {
        return finding.execute(tenant.orgId(), new Lookup(exportId, tenant));
    }

    /**
     * Finds a large one.
     *
     * @param maxBytes bytes for which memory is reserved
     */
    @Nullable
    ExportState findLarge(UUID exportId, Tenant tenant, long maxBytes) {
        return findingLarge.execute(tenant.orgId(), new Large(new Lookup(exportId, tenant), maxBytes));
    }

    private record Lookup(UUID exportId, Tenant tenant) {}

    private record Large(Lookup lookup, long maxBytes) {}

    /**
     * The current state of an export.
     *
     * @param size bytes of the answer
     * @param json the answer of {@code GET /exports/{id}/status}, in UTF-8; null when larger than the limit
     */
    record ExportState(boolean finished, long size, byte @Nullable [] json) {}

    /** Equal lookups share one result. */
    private List<@Nullable ExportState> findAll(List<Lookup> requested, long maxBytes) {
        List<Lookup> lookups = requested.stream().distinct().toList();
        Map<Lookup, ExportState> found = new HashMap<>();
        STATUS.on(database)
                .param("ids", column(lookups, lookup -> lookup.exportId().toString()))
                .param("orgIds", column(lookups, lookup -> lookup.tenant().orgId()))
                .param("usernames", column(lookups, lookup -> lookup.tenant().username()))
                .param(
                        "accountNumbers",
                        column(lookups, lookup -> lookup.tenant().accountNumber()))
                .param("maxBytes", maxBytes)
                .query(row -> {
                    while (row.next()) {
                        found.put(
                                lookups.get(row.getInt("number") - 1),
                                new ExportState(row.getBoolean("finished"), row.getLong("size"), row.getBytes("json")));
                    }
                    return found;
                });
        return requested.stream().<@Nullable ExportState>map(found::get).toList();
    }

    private static String[] column(List<Lookup> lookups, Function<Lookup, String> value) {
        return lookups.stream().map(value).toArray(String[]::new);
    }

    /**
     * The answer to a list.
     *
     * @param size bytes of the page
     * @param json the answer of {@code GET /exports}, in UTF-8; null when larger than the limit
     */
    record Page(long size, byte @Nullable [] json) {}

    /** @param maxBytes bytes for which memory is reserved */
    Page list(ListQuery query, Tenant tenant, long maxBytes) {
        ListStatement list = new ListStatement(query);
        return list.statement()
                .on(database)
                .params(list.parameters(tenant, pageSize, maxBytes))
                .query((row, number) -> {
                    byte[] items = row.getBytes("items");
                    return new Page(row.getLong("size"), items == null ? null : json(query, row, items));
                })
                .single();
    }

    private static byte[] json(ListQuery query, ResultSet row, byte[] items) throws SQLException {
        long count = row.getLong("count");
        String links = query.links(count, row.getBoolean("cut") ? row.getLong("exports") : query.limit());
        byte[] head = "{\"meta\":{\"count\":%d},\"links\":%s,\"data\":["
                .formatted(count, links)
                .getBytes(UTF_8);
        return ByteBuffer.allocate(head.length + items.length + 2)
                .put(head)
                .put(items)
                .put("]}".getBytes(UTF_8))
                .array();
    }

    /** Returns false when the tenant has no such export. */
    boolean delete(UUID exportId, Tenant tenant) {
        return DELETE.on(database)
                        .params(Map.of(
                                "id", exportId,
                                "orgId", tenant.orgId(),
                                "username", tenant.username(),
                                "accountNumber", tenant.accountNumber()))
                        .update()
                > 0;
    }
}
