package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;
import static com.redhat.cloud.exports.platform.config.Requirements.requireAtLeast;
import static com.redhat.cloud.exports.platform.config.Requirements.requirePort;
import static com.redhat.cloud.exports.platform.config.Requirements.requireReadable;

import java.util.Set;

/**
 * PostgreSQL.
 *
 * @param host host of the database server, or a comma-separated list with one primary among them. A host may have a
 *     port of its own, {@code db1:5433}
 * @param port port of the hosts without one
 * @param name name of the database
 * @param username user that may create tables, once (docs/operations.md#database)
 * @param password password of the user
 * @param sslMode {@code disable}, {@code allow}, {@code prefer}, {@code require}, {@code verify-ca} or
 *     {@code verify-full}
 * @param caFile PEM file with the certificates to trust
 * @param poolSize connections of one replica
 * @param transactionPooling the server is a pooler, such as pgbouncer, that gives each transaction another connection
 *     (docs/operations.md#database)
 */
public record DatabaseProperties(
        String host,
        int port,
        String name,
        String username,
        String password,
        String sslMode,
        String caFile,
        int poolSize,
        boolean transactionPooling) {

    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    public DatabaseProperties {
        // They become part of an address.
        require(
                host.matches("[A-Za-z0-9._:\\[\\], -]+"),
                "PGSQL_HOSTNAME",
                "must be a host name, or several with commas between them, but is '%s'".formatted(host));
        requirePort("PGSQL_PORT", 1, port);
        // The driver itself would complain only after many attempts to connect.
        require(
                SSL_MODES.contains(sslMode),
                "PGSQL_SSL_MODE",
                "must be one of disable, allow, prefer, require, verify-ca, verify-full, but is '%s'"
                        .formatted(sslMode));
        requireReadable("PGSQL_SSL_ROOT_CERT", caFile);
        requireAtLeast(1, "PGSQL_POOL_SIZE", poolSize);
    }
}
