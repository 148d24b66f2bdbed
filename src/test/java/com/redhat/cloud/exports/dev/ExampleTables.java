package com.redhat.cloud.exports.dev;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The tables that {@code examples/sql} reads. */
final class ExampleTables {

    private static final Path SCRIPT = Path.of("examples", "sql", "tables.sql");

    private ExampleTables() {}

    /** Makes what is missing. */
    static void create(DataSource database) {
        new ResourceDatabasePopulator(new FileSystemResource(SCRIPT)).execute(database);
    }
}
