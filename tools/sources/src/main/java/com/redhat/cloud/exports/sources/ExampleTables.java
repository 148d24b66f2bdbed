package com.redhat.cloud.exports.sources;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The tables that {@code examples/sql} reads. */
public final class ExampleTables {

    private static final Path SCRIPT = Path.of("examples", "sql", "tables.sql");

    private ExampleTables() {}

    /** Creates what is missing. */
    public static void create(DataSource database) {
        new ResourceDatabasePopulator(new FileSystemResource(SCRIPT)).execute(database);
    }
}
