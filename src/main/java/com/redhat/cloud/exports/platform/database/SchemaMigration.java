package com.redhat.cloud.exports.platform.database;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Brings the database up to date. A script that runs outside of a transaction and was broken off is on record as failed,
 * and Flyway would refuse every later start; such scripts are written so that they may simply run again.
 */
@Component
public class SchemaMigration implements FlywayMigrationStrategy {

    @Override
    public void migrate(Flyway flyway) {
        MigrationInfo[] applied = flyway.info().applied();
        if (Arrays.stream(applied).anyMatch(migration -> migration.getState().isFailed())) {
            flyway.repair();
        }
        flyway.migrate();
    }
}
