package com.redhat.cloud.exports.platform.database;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A statement with named parameters, parsed once. {@link JdbcClient} would build its text anew for each use, and the driver
 * would read all of it to find the statement that it has prepared.
 */
public final class SqlStatement {

    private final ParsedSql parsed;
    private final String text;

    private SqlStatement(String sql) {
        this.parsed = NamedParameterUtils.parseSqlStatement(sql);
        this.text = NamedParameterUtils.substituteNamedParameters(parsed, null);
    }

    /** @param sql with parameters like {@code :name} */
    public static SqlStatement of(String sql) {
        return new SqlStatement(sql);
    }

    /**
     * Reads {@code sql/<feature>/<verb>.sql}.
     *
     * @param name for example {@code export/create}
     * @throws IllegalArgumentException if there is no such file
     */
    public static SqlStatement read(String name) {
        return new SqlStatement(SqlFile.read(name));
    }

    /** Starts a use of the statement, to be given its parameters. */
    public Use on(JdbcClient database) {
        return new Use(database);
    }

    /** One use of the statement. */
    public final class Use {

        private final JdbcClient database;
        private final MapSqlParameterSource values = new MapSqlParameterSource();

        private Use(JdbcClient database) {
            this.database = database;
        }

        public Use param(String name, @Nullable Object value) {
            values.addValue(name, value);
            return this;
        }

        /** @param more may contain parameters that the statement does not have */
        public Use params(Map<String, ? extends @Nullable Object> more) {
            values.addValues(more);
            return this;
        }

        /** @return the number of changed rows */
        public int update() {
            return bound().update();
        }

        public <T> JdbcClient.MappedQuerySpec<T> query(RowMapper<T> row) {
            return bound().query(row);
        }

        public <T> @Nullable T query(ResultSetExtractor<T> rows) {
            return bound().query(rows);
        }

        /** @param type of the only column */
        public <T> JdbcClient.MappedQuerySpec<T> query(Class<T> type) {
            return bound().query(type);
        }

        private JdbcClient.StatementSpec bound() {
            return database.sql(text).params(NamedParameterUtils.buildValueArray(parsed, values, null));
        }
    }
}
