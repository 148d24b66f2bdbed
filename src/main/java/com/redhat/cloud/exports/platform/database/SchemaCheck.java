package com.redhat.cloud.exports.platform.database;

import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes the place of the migration behind a pooler: that one needs the lock of a session, and the statements need its
 * settings, but a pooler keeps neither from one transaction to the next.
 */
final class SchemaCheck implements FlywayMigrationStrategy {

    private final String role;

    SchemaCheck(String role) {
        this.role = role;
    }

    @Override
    public void migrate(Flyway flyway) {
        if (flyway.info().pending().length > 0) {
            throw invalid("must be false for a migration, which this database needs: run `migrate_db upgrade` so, with"
                    + " PGSQL_HOSTNAME and PGSQL_PORT of the server itself");
        }
        var database = JdbcClient.create(flyway.getConfiguration().getDataSource());
        var missing = SessionSettings.missing(database);
        if (!missing.isEmpty()) {
            throw invalid("needs settings of the role, and then new connections of the pooler: "
                    + missing.entrySet().stream()
                            .map(setting -> "alter role \"%s\" set %s = '%s';"
                                    .formatted(role, setting.getKey(), setting.getValue()))
                            .collect(Collectors.joining(" ")));
        }
    }

    private static InvalidSettingException invalid(String reason) {
        return InvalidSettingException.of("PGSQL_TRANSACTION_POOLING", reason);
    }
}
