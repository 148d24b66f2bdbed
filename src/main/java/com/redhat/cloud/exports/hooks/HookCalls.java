package com.redhat.cloud.exports.hooks;

import com.redhat.cloud.exports.platform.database.SqlStatement;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Subscriptions and calls in the database. */
@Component
class HookCalls {

    private static final SqlStatement SUBSCRIBE = SqlStatement.read("hooks/subscribe");
    private static final SqlStatement ADD = SqlStatement.read("hooks/add");
    private static final SqlStatement CLAIM = SqlStatement.read("hooks/claim");
    private static final SqlStatement DELETE = SqlStatement.read("hooks/delete");
    private static final SqlStatement RETRY = SqlStatement.read("hooks/retry");
    private static final SqlStatement GIVE_UP = SqlStatement.read("hooks/give-up");

    private final JdbcClient database;

    HookCalls(JdbcClient database) {
        this.database = database;
    }

    /**
     * Renews the subscriptions of this replica.
     *
     * @return names of the hooks to which any replica subscribes
     */
    Set<String> subscribe(Collection<HookRoutes.HookRoute> own) {
        Set<String> subscribed = new HashSet<>(SUBSCRIBE
                .on(database)
                .param("hooks", own.stream().map(HookRoutes.HookRoute::hook).toArray(String[]::new))
                .param(
                        "extensions",
                        own.stream().map(HookRoutes.HookRoute::extension).toArray(String[]::new))
                .query(String.class)
                .list());
        own.forEach(route -> subscribed.add(route.hook()));
        return subscribed;
    }

    /**
     * Adds a call for each subscribed extension.
     *
     * @param sourceId the source that the event is about; null: the export
     */
    void add(Hook hook, UUID exportId, @Nullable UUID sourceId) {
        ADD.on(database)
                .param("hook", hook.wireName())
                .param("exportId", exportId)
                .param("sourceId", sourceId)
                .update();
    }

    /**
     * Claims the next calls of an extension.
     *
     * @param lease how long the claim holds
     */
    List<HookCall> claim(String extension, Set<String> hooks, int limit, Duration lease) {
        return CLAIM
                .on(database)
                .param("extension", extension)
                .param("hooks", hooks.toArray(String[]::new))
                .param("limit", limit)
                .param("leaseSeconds", seconds(lease))
                .query((row, number) -> new HookCall(
                        row.getLong("id"),
                        row.getObject("call_id", UUID.class),
                        row.getString("hook"),
                        row.getString("extension"),
                        row.getObject("export_id", UUID.class),
                        row.getString("body"),
                        row.getInt("attempts")))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(HookCall::id))
                .toList();
    }

    void delete(HookCall call) {
        DELETE.on(database).param("id", call.id()).update();
    }

    void retry(HookCall call, Duration pause) {
        RETRY.on(database)
                .param("id", call.id())
                .param("pauseSeconds", seconds(pause))
                .update();
    }

    void giveUp(HookCall call, String reason) {
        GIVE_UP.on(database).param("id", call.id()).param("reason", reason).update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
