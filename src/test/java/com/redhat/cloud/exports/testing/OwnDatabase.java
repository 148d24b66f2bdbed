package com.redhat.cloud.exports.testing;

import com.redhat.cloud.exports.servers.LocalServers;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that no other service of these tests works on. */
public final class OwnDatabase {

    private OwnDatabase() {}

    public static void give(ConfigurableApplicationContext context, String name) {
        JdbcClient.create(FormerDeployment.dataSource(LocalServers.DATABASE))
                .sql("create database " + name)
                .update();
        TestPropertyValues.of("PGSQL_DATABASE=" + name).applyTo(context);
    }
}
