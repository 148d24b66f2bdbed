package com.redhat.cloud.exports.platform.database;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the statements rely on, so that no default of the server, the database or the role changes what they do. */
final class SessionSettings {

    private static final Map<String, String> VALUES = new TreeMap<>(Map.ofEntries(
            // docs/decisions/0020-plans.md has the figure for each setting of the planner.
            Map.entry("plan_cache_mode", "force_generic_plan"),
            Map.entry("enable_seqscan", "off"),
            Map.entry("jit", "off"),
            // A day has 24 hours, also where clocks change.
            Map.entry("timezone", "UTC"),
            Map.entry("intervalstyle", "postgres"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("array_nulls", "on"),
            Map.entry("transform_null_equals", "off"),
            // Statements wait for each other's rows instead of failing.
            Map.entry("default_transaction_isolation", "read committed"),
            Map.entry("lock_timeout", "0"),
            // Less than the driver's socketTimeout, which ends the connection, too.
            Map.entry("statement_timeout", "55s"),
            // Frees the locks of a replica that was stopped in the middle of a transaction.
            Map.entry("idle_in_transaction_session_timeout", "1min"),
            Map.entry("transaction_timeout", "0")));

    /** Known to this server: older ones lack some. */
    private static final String KNOWN = "from pg_settings s join (values %s) v(name, value) on v.name = lower(s.name)"
            .formatted(VALUES.entrySet().stream()
                    .map(setting -> "('%s', '%s')".formatted(setting.getKey(), setting.getValue()))
                    .collect(Collectors.joining(", ")));

    private SessionSettings() {}

    /** Returns the statement that opens a session. What a request was told is done must survive a crash of the server. */
    static String statement() {
        return "set statement_timeout = 0; select set_config(v.name, v.value, false) " + KNOWN
                + "; select set_config('synchronous_commit', 'on', false)"
                + " where current_setting('synchronous_commit') = 'off'";
    }

    /** The same for the migration: creating an index may take longer than any request. */
    static String statementForMigration() {
        return statement() + "; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0";
    }

    /**
     * Returns the settings that sessions do not have by themselves, without changing the session. The time zone is not among
     * them: the driver sets that of the JVM, and no statement depends on it.
     */
    static Map<String, String> missing(JdbcClient database) {
        var missing = new TreeMap<String, String>();
        // The second column is evaluated before the third changes it, until the end of the statement's transaction.
        database.sql("select v.name, current_setting(v.name), set_config(v.name, v.value, true), v.value " + KNOWN
                        + " where v.name <> 'timezone'")
                .query(row -> {
                    if (!row.getString(2).equalsIgnoreCase(row.getString(3))) {
                        missing.put(row.getString(1), row.getString(4));
                    }
                });
        return missing;
    }
}
