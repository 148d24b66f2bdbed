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

/** Hooks and calls in the database. */
@Component
class HookCalls {

    private static final SqlStatement WANT = SqlStatement.read("hooks/subscribe");
    private static final SqlStatement CALL = SqlStatement.read("hooks/call");
    private static final SqlStatement CLAIM = SqlStatement.read("hooks/claim");
    private static final SqlStatement DONE = SqlStatement.read("hooks/done");
    private static final SqlStatement RETRY = SqlStatement.read("hooks/retry");
    private static final SqlStatement GIVE_UP = SqlStatement.read("hooks/give-up");

    private final JdbcClient database;

    HookCalls(JdbcClient database) {
        this.database = database;
    }

    /**
     * Says what this replica has routes for.
     *
     * @return names of the hooks that any replica has routes for
     */
    Set<String> want(Collection<HookRoutes.HookRoute> own) {
        Set<String> wanted = new HashSet<>(WANT.on(database)
                .param("hooks", own.stream().map(HookRoutes.HookRoute::hook).toArray(String[]::new))
                .param(
                        "extensions",
                        own.stream().map(HookRoutes.HookRoute::extension).toArray(String[]::new))
                .query(String.class)
                .list());
        own.forEach(route -> wanted.add(route.hook()));
        return wanted;
    }

    /** @param sourceId which source it is about, null for the whole export */
    void enter(Hook hook, UUID exportId, @Nullable UUID sourceId) {
        CALL.on(database)
                .param("hook", hook.wireName())
                .param("exportId", exportId)
                .param("sourceId", sourceId)
                .update();
    }

    /**
     * Takes the next calls that nobody else has.
     *
     * @param lease how long they are the caller's
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

    void done(HookCall call) {
        DONE.on(database).param("id", call.id()).update();
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
