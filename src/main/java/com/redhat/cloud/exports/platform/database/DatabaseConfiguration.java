package com.redhat.cloud.exports.platform.database;

import com.redhat.cloud.exports.platform.config.DatabaseProperties;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connections: a pool for requests, and one of its own for the migration. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExportProperties.class)
public class DatabaseConfiguration {

    private static final String DRIVER = "org.postgresql.Driver";

    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource(ExportProperties settings) {
        DatabaseProperties database = settings.database();
        var pool = new HikariDataSource();
        pool.setPoolName("export-service");
        pool.setDriverClassName(DRIVER);
        pool.setJdbcUrl(url(database, 60));
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(database.poolSize());
        pool.setConnectionTimeout(10_000);
        pool.setExceptionOverrideClassName(EvictReadOnly.class.getName());
        if (!database.transactionPooling()) {
            pool.setConnectionInitSql(SessionSettings.statement());
        }
        return pool;
    }

    /** Creating an index may take longer than any request: there is no limit. */
    @Bean
    FlywayConnectionDetails migrationConnection(ExportProperties settings) {
        DatabaseProperties database = settings.database();
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return database.username();
            }

            @Override
            public String getPassword() {
                return database.password();
            }

            @Override
            public String getJdbcUrl() {
                return url(database, 0);
            }

            @Override
            public String getDriverClassName() {
                return DRIVER;
            }
        };
    }

    @Bean
    FlywayConfigurationCustomizer migrationSession(ExportProperties settings) {
        return configuration -> {
            if (!settings.database().transactionPooling()) {
                configuration.initSql(SessionSettings.statementForMigration());
            }
        };
    }

    @Bean
    FlywayMigrationStrategy migration(ExportProperties settings) {
        return settings.database().transactionPooling()
                ? new SchemaCheck(settings.database().username())
                : new SchemaMigration();
    }

    /** @param socketTimeout seconds; 0: none */
    static String url(DatabaseProperties database, int socketTimeout) {
        String servers = Stream.of(database.host().split(","))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .map(host -> host.matches(".*[^:]:\\d+") ? host : host + ":" + database.port())
                .collect(Collectors.joining(","));
        return Stream.of(
                        Map.entry("sslmode", database.sslMode()),
                        Map.entry("sslrootcert", database.caFile()),
                        Map.entry("ApplicationName", "export-service"),
                        Map.entry("socketTimeout", Integer.toString(socketTimeout)),
                        // A server that has been demoted, or is not yet promoted, is none.
                        Map.entry("targetServerType", "primary"),
                        // The pooler's next connection has not prepared the statement.
                        Map.entry("prepareThreshold", database.transactionPooling() ? "0" : ""))
                .filter(option -> !option.getValue().isEmpty())
                .map(option -> option.getKey() + "=" + encoded(option.getValue()))
                .collect(Collectors.joining(
                        "&", "jdbc:postgresql://" + servers + "/" + encoded(database.name()) + "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
