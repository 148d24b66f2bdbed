package com.redhat.cloud.exports.platform.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.testing.TestServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.jdbc.core.namedparam.AbstractSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A test's own database that explains how it would execute the service's statements. Has one connection. */
public final class PlanDatabase implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** The conditions of scans that do not read a whole table or index. */
    private static final Set<String> CONDITIONS = Set.of("Index Cond", "TID Cond", "Recheck Cond");

    private final DataSource source;
    private final SingleConnectionDataSource connection;
    private final JdbcClient client;

    private PlanDatabase(DataSource source) throws SQLException {
        this.source = source;
        this.connection = new SingleConnectionDataSource(source.getConnection(), true);
        this.client = JdbcClient.create(connection);
    }

    /** Creates a database without tables. */
    public static PlanDatabase create(String name) throws SQLException {
        return new PlanDatabase(TestServers.servers().database(TestServers.createDatabase(name)));
    }

    /** Creates a database whose tables are empty and known to be so, as after a quiet night. */
    public static PlanDatabase createWithEmptyTables(String name) throws SQLException {
        var database = create(name);
        database.migrate();
        database.client().sql("vacuum analyze").update();
        database.applySettingsOfTheService();
        return database;
    }

    /** Creates the tables of the former service, with all their columns and indexes, and nothing else. */
    public void migrateTablesOfFormerService() {
        migrate(flyway().target("3").repeatableSqlMigrationPrefix("none"));
    }

    public void migrate() {
        migrate(flyway());
    }

    private FluentConfiguration flyway() {
        return Flyway.configure()
                .dataSource(source)
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }

    private static void migrate(FluentConfiguration flyway) {
        new SchemaMigration().migrate(flyway.load());
    }

    /** Sets what the service sets for each of its connections. */
    public void applySettingsOfTheService() {
        try (var statement = connection.getConnection().createStatement()) {
            statement.execute(SessionSettings.statement());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public JdbcClient client() {
        return client;
    }

    /**
     * Returns the generic plan, for all values of the parameters.
     *
     * @param options of {@code explain}
     * @param sql with parameters like {@code :name}; parameters without a value are null
     */
    public JsonNode explain(String options, String sql, Map<String, ?> values) throws JsonProcessingException {
        var names = new ArrayList<String>();
        var parts = NamedParameterUtils.substituteNamedParameters(
                        NamedParameterUtils.parseSqlStatement(sql), collectTo(names))
                .split("\\?", -1);
        var distinct = names.stream().distinct().toList();
        var numbered = IntStream.range(0, names.size())
                .mapToObj(i -> "$" + (distinct.indexOf(names.get(i)) + 1) + parts[i + 1])
                .collect(Collectors.joining("", parts[0], ""));
        var given = distinct.stream()
                .map(name -> values.containsKey(name) ? "'" + values.get(name) + "'" : "null")
                .collect(Collectors.joining(", ", "(", ")"));
        client.sql("prepare statement as " + numbered).update();
        try {
            return JSON.readTree(client.sql("explain (%s, format json) execute statement %s"
                            .formatted(options, names.isEmpty() ? "" : given))
                    .query(String.class)
                    .single());
        } finally {
            client.sql("deallocate statement").update();
        }
    }

    /** Collects the names in order, with repetitions. Spring does not expose them, but asks for their values. */
    private static SqlParameterSource collectTo(List<String> names) {
        return new AbstractSqlParameterSource() {
            @Override
            public boolean hasValue(String name) {
                names.add(name);
                return false;
            }

            @Override
            public Object getValue(String name) {
                throw new IllegalArgumentException(name);
            }
        };
    }

    /** Returns all nodes of a plan. */
    public static List<JsonNode> nodes(JsonNode plan) {
        var below = plan.valueStream().flatMap(part -> nodes(part).stream());
        return Stream.concat(Stream.of(plan).filter(node -> node.has("Node Type")), below)
                .toList();
    }

    /** Returns the nodes that read a whole table or a whole index. */
    public static List<JsonNode> scansOfAll(JsonNode plan) {
        return nodes(plan).stream()
                .filter(node -> node.path("Node Type").asText().endsWith("Scan") && node.has("Relation Name"))
                .filter(node -> CONDITIONS.stream().noneMatch(node::has))
                .toList();
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
