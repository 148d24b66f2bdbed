package com.redhat.cloud.exports.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A connection plans a statement once, and often for empty tables: the outbox is empty whenever it is vacuumed. The quickest
 * plan then, a scan of the whole table, would stay when the table fills up. So no plan scans a whole table, even an empty one.
 */
class StatementPlanTests {

    private static final Path STATEMENTS = Path.of("src/main/resources/sql");

    /** Statements whose purpose it is, or whose table has at most one row per extension. */
    private static final Set<String> SCAN_ALL =
            Set.of("adoption/find-answered-exports", "outbox/count", "hooks/forget", "hooks/subscribe");

    private static PlanDatabase database;

    @BeforeAll
    static void createEmptyTables() throws SQLException {
        database = PlanDatabase.createWithEmptyTables("unfilled");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static List<String> statements() throws IOException {
        try (var files = Files.walk(STATEMENTS)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> STATEMENTS.relativize(file).toString().replace(".sql", ""))
                    .filter(name -> !SCAN_ALL.contains(name))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("statements")
    void aStatementPlannedForEmptyTablesScansNoWholeTable(String name) throws IOException {
        // Camel's syntax of a parameter.
        var sql = SqlFile.read(name).replaceAll(":#\\$\\{variable\\.(\\w+)}", ":$1");
        assertThat(PlanDatabase.scansOfAll(database.explain("costs off", sql, Map.of())))
                .isEmpty();
    }
}
