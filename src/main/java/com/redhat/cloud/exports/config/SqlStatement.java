package com.redhat.cloud.exports.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A statement with named parameters, taken apart once. {@link JdbcClient} would put its text together anew for each use,
 * and the driver then reads all of it to find the statement that it has prepared.
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
     * The statement in {@code sql/<feature>/<verb>.sql}.
     *
     * @param name for example {@code export/create}
     * @throws IllegalArgumentException when there is no such file
     */
    public static SqlStatement read(String name) {
        return new SqlStatement(SqlFile.read(name));
    }

    /**
     * The statement, ready to run.
     *
     * @param values of all its parameters, and maybe others
     */
    public JdbcClient.StatementSpec on(JdbcClient database, Map<String, ? extends @Nullable Object> values) {
        return database.sql(text)
                .params(NamedParameterUtils.buildValueArray(parsed, new MapSqlParameterSource(values), null));
    }
}
