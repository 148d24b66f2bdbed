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

/** Exports in the database. What many ask for at the same time is asked together. */
@Component
class ExportStore {

    private static final SqlStatement CREATE = SqlStatement.read("export/create");
    private static final SqlStatement STATUS = SqlStatement.read("export/status");
    private static final SqlStatement DELETE = SqlStatement.read("export/delete");

    /** Batches of one kind at a time. */
    private static final int BATCHES = 2;

    private final JdbcClient database;
    private final EventRelay relay;
    private final Hooks hooks;
    private final Duration keysKept;
    private final BatchingExecutor<NewExport, NewExport> creating;
    private final BatchingExecutor<Wanted, ExportStanding> finding;
    private final BatchingExecutor<Large, ExportStanding> findingLarge;
    private final long pageSize;

    ExportStore(JdbcClient database, EventRelay relay, Hooks hooks, ExportProperties properties) {
        this.database = database;
        this.relay = relay;
        this.hooks = hooks;
        this.keysKept = properties.expiry().idempotencyKeys();
        Duration queueTimeout = properties.traffic().queueTimeout();
        this.creating = DatabaseBatches.of("requests", BATCHES, NewExport::eventText, queueTimeout, this::createAll);
        this.finding = DatabaseBatches.of(
                "requests", BATCHES, wanted -> 0, queueTimeout, wanted -> findAll(wanted, MemoryBudget.SMALL));
        this.findingLarge = DatabaseBatches.alone(
                "requests",
                BATCHES,
                queueTimeout,
                large -> findAll(List.of(large.wanted()), large.most()).getFirst());
        this.pageSize = properties.limits().maxPageSize().toBytes();
    }

    /** Whether an export's events take much more memory than others', so that few of them may wait. */
    static boolean isLarge(int sources, String identity) {
        return DatabaseBatches.isLarge((long) sources * identity.length());
    }

    /** Stores an export and the request events of its sources, and wakes the relay. */
    void create(NewExport export) {
        creating.execute(export.tenant().orgId(), export);
    }

    /** The same unless the tenant has used the key within its time; its answer is whose the key is. */
    Claim create(NewExport export, IdempotencyKey key) {
        return create(List.of(export), key).orElseThrow();
    }

    /**
     * @param exportId what the key was used for first, or just now
     * @param sameRequest whether this is the request that the key was used for
     */
    record Claim(UUID exportId, boolean sameRequest) {}

    private List<NewExport> createAll(List<NewExport> exports) {
        create(exports, null);
        return exports;
    }

    private Optional<Claim> create(List<NewExport> exports, @Nullable IdempotencyKey key) {
        Optional<Claim> claim = hooks.tellingOf(
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

    /** @return null when the tenant has no such export */
    @Nullable
    ExportStanding find(UUID exportId, Tenant tenant) {
        return finding.execute(tenant.orgId(), new Wanted(exportId, tenant));
    }

    /**
     * The same of one that is large.
     *
     * @param most bytes that there is memory for
     */
    @Nullable
    ExportStanding findLarge(UUID exportId, Tenant tenant, long most) {
        return findingLarge.execute(tenant.orgId(), new Large(new Wanted(exportId, tenant), most));
    }

    private record Wanted(UUID exportId, Tenant tenant) {}

    private record Large(Wanted wanted, long most) {}

    /**
     * An export as it stands.
     *
     * @param size bytes of the answer
     * @param json the answer of {@code GET /exports/{id}/status}, in UTF-8; null when it is larger than it may be
     */
    record ExportStanding(boolean finished, long size, byte @Nullable [] json) {}

    /** Those who ask for the same share its answer. */
    private List<@Nullable ExportStanding> findAll(List<Wanted> asked, long most) {
        List<Wanted> wanted = asked.stream().distinct().toList();
        Map<Wanted, ExportStanding> found = new HashMap<>();
        STATUS.on(database)
                .param("ids", column(wanted, one -> one.exportId().toString()))
                .param("orgIds", column(wanted, one -> one.tenant().orgId()))
                .param("usernames", column(wanted, one -> one.tenant().username()))
                .param("accountNumbers", column(wanted, one -> one.tenant().accountNumber()))
                .param("maxBytes", most)
                .query(row -> {
                    while (row.next()) {
                        found.put(
                                wanted.get(row.getInt("number") - 1),
                                new ExportStanding(
                                        row.getBoolean("finished"), row.getLong("size"), row.getBytes("json")));
                    }
                    return found;
                });
        return asked.stream().<@Nullable ExportStanding>map(found::get).toList();
    }

    private static String[] column(List<Wanted> wanted, Function<Wanted, String> value) {
        return wanted.stream().map(value).toArray(String[]::new);
    }

    /**
     * A page and how many there are.
     *
     * @param size bytes of the page
     * @param json the answer of {@code GET /exports}, in UTF-8; null when it is larger than it may be
     */
    record Page(long size, byte @Nullable [] json) {}

    /** @param most bytes that there is memory for */
    Page list(ListQuery query, Tenant tenant, long most) {
        ListStatement list = new ListStatement(query);
        return list.statement()
                .on(database)
                .params(list.parameters(tenant, pageSize, most))
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

    /** @return false when the tenant has no such export */
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
