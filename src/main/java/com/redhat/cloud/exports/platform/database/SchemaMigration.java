package com.redhat.cloud.exports.platform.database;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;

/**
 * Migrates the database at start-up. Flyway records an interrupted script that runs outside a transaction as failed, and
 * would refuse every later start. Such scripts are safe to run again, so the record is repaired first.
 */
final class SchemaMigration implements FlywayMigrationStrategy {

    @Override
    public void migrate(Flyway flyway) {
        MigrationInfo[] applied = flyway.info().applied();
        if (Arrays.stream(applied).anyMatch(migration -> migration.getState().isFailed())) {
            flyway.repair();
        }
        flyway.migrate();
    }
}
