package com.redhat.cloud.exports.platform.database;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in a sentence why the database cannot be migrated or reached, and which variable is about it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, FlywayException cause) {
        SQLException failure = findCause(cause, SQLException.class);
        String state = failure == null || failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "42501" ->
                analysis(
                        failure,
                        "PGSQL_USER may not change the tables",
                        "Run `migrate_db upgrade` as a role that may, before the start (docs/operations.md#database).");
            case "28P01", "28000" ->
                analysis(failure, "PGSQL_USER or PGSQL_PASSWORD is refused", "Correct the environment variable.");
            case "3D000" ->
                analysis(
                        failure, "PGSQL_DATABASE names no database", "Create it, or correct the environment variable.");
            case "25006" -> analysis(failure, "The database is read-only", "Let PGSQL_HOSTNAME name the primary.");
            case "08001", "08004", "08006" ->
                analysis(failure, "PGSQL_HOSTNAME, PGSQL_PORT: no primary answers there", "Correct them, or start it.");
            default -> null;
        };
    }

    private static FailureAnalysis analysis(SQLException failure, String problem, String action) {
        return new FailureAnalysis(problem + ": " + failure.getMessage().strip(), action, failure);
    }
}
