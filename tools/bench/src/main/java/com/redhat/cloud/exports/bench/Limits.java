package com.redhat.cloud.exports.bench;

import com.redhat.cloud.exports.export.ListSql;
import com.redhat.cloud.exports.platform.database.SqlFile;
import com.redhat.cloud.exports.servers.LocalServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.flywaydb.core.Flyway;

/**
 * The machine's limits, measured in the same run as often as a line: the same SQL without a service, puts to S3, deflate on one core. NaN where the tool is missing.
 */
final class Limits {

    /** Creates or statuses in one statement, as in a service under full load. */
    private static final int BATCH = 16;

    /** The service's level. */
    private static final int LEVEL = 1;

    private static final int BUFFER = 64 << 10;

    /** Not the service's, so that no relay sends what pgbench writes. */
    private static final String DATABASE = LocalServers.EXAMPLE_DATABASE;

    private static final String TENANT_SQL = "'bench'";

    private static final String KNOWN_EXPORT = "00000000-0000-4000-8000-000000000000";

    private final Servers servers;
    private final Path directory;
    private final Pgbench pgbench;
    private final Map<String, Row> measured = new TreeMap<>();

    Limits(Servers servers, Path directory) {
        this.servers = servers;
        this.directory = directory;
        this.pgbench = new Pgbench(servers.environment(), directory);
    }

    /** Runs the create statement with pgbench. */
    double createsPerSecond() throws Exception {
        return once("pgbench create", () -> {
            var script = createScript();
            return () -> {
                double rate = BATCH * pgbench.rate("create", DATABASE, script);
                // Else the database cleans up while the service is measured.
                try (var connection = servers.database(DATABASE).getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("truncate export_payloads, sources, outbox, export_counts");
                    statement.execute("checkpoint");
                }
                return rate;
            };
        });
    }

    /** Runs the status statement with pgbench. */
    double statusesPerSecond() throws Exception {
        return once("pgbench status", () -> {
            var script = statusScript();
            return () -> BATCH * pgbench.rate("status", DATABASE, script);
        });
    }

    /**
     * Runs the list statement with pgbench on the rows that the service reads.
     *
     * @param line of the table
     */
    double listsPerSecond(String line, String user, Map<String, String> query) throws Exception {
        var bound = new HashMap<String, String>();
        query.forEach((name, value) -> bound.put(name, "'" + value + "'"));
        bound.putAll(Map.of(
                "orgId",
                TENANT_SQL,
                "username",
                "'" + user + "'",
                "accountNumber",
                "''",
                "limit",
                "20",
                "offset",
                "0",
                "pageSize",
                "4194304",
                "maxBytes",
                "65536"));
        var script = Pgbench.oneLine(ListSql.of(query), bound);
        var database = servers.environment().get("PGSQL_DATABASE");
        return once("pgbench " + line, () -> () -> pgbench.rate(line, database, script));
    }

    /** Puts small deflated contents to S3 over 16 connections. */
    double smallPutsPerSecond(Content content) throws Exception {
        return once("S3 puts", () -> smallPuts(content));
    }

    /** Deflates with the JDK on one core at level 1; bytes of content a second. */
    double deflatedBytesPerSecond(Content content) throws Exception {
        return once("deflate a core, MB " + content.format(), () -> () -> deflate(content.block()) / 1e6) * 1e6;
    }

    /**
     * Measures, for the table only, the put of a large deflated content, in megabytes of content a second.
     */
    void measurePut(Content content) throws Exception {
        once("S3 put, MB " + content.format(), () -> put(content));
    }

    /** The limits measured so far, as lines of the table. */
    List<Row> rows() {
        return List.copyOf(measured.values());
    }

    /** Prepares once what is then measured several times. */
    @FunctionalInterface
    private interface Preparation {
        Callable<Double> prepare() throws Exception;
    }

    /** The median, measured once for all lines. */
    private double once(String name, Preparation preparation) throws Exception {
        var known = measured.get(name);
        if (known == null) {
            known = Row.of("limits", measures(name, preparation.prepare()));
            measured.put(name, known);
        }
        return known.median();
    }

    private static List<Measure> measures(String name, Callable<Double> measurement) throws Exception {
        var measures = new ArrayList<Measure>();
        do {
            measures.add(Measure.rate(name, "/s", measurement.call()));
            // A missing tool stays missing.
        } while (measures.size() < Line.REPEATS
                && !Double.isNaN(measures.getLast().value()));
        return measures;
    }

    private static double deflate(byte[] block) {
        var deflater = new Deflater(LEVEL, true);
        var out = new byte[BUFFER];
        double best = 0;
        try {
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                deflater.reset();
                deflater.setInput(block);
                deflater.finish();
                while (!deflater.finished()) {
                    deflater.deflate(out);
                }
                best = Math.max(best, block.length / ((System.nanoTime() - start) / 1e9));
            }
            return best;
        } finally {
            deflater.end();
        }
    }

    private Callable<Double> smallPuts(Content content) throws Exception {
        try (var store = new ObjectStore(servers.environment())) {
            var puts = IntStream.range(0, 5_000)
                    .mapToObj(n -> store.put("bench/small/" + n))
                    .toList();
            var paths = Files.write(
                    directory.resolve("puts.paths"),
                    puts.stream()
                            .map(put -> put.getRawPath() + "?" + put.getRawQuery())
                            .toList());
            var body = Files.write(directory.resolve("put"), deflated(content));
            var wrk = new Wrk(puts.getFirst().resolve("/"), "PUT", paths, body, Map.of());
            wrk.run(16, 1);
            return () -> wrk.run(16, 1).rate();
        }
    }

    private Callable<Double> put(Content content) throws Exception {
        var stored = Content.of(deflated(content));
        try (var store = new ObjectStore(servers.environment())) {
            var address = store.put("bench/large");
            Callable<Double> put = () -> content.length() / 1e6 / Transfer.upload(address, "PUT", Map.of(), stored);
            // The first put makes the store touch new memory.
            put.call();
            return put;
        }
    }

    /** The content as the service stores it. */
    private static byte[] deflated(Content content) throws IOException {
        var deflater = new Deflater(LEVEL, true);
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes, deflater, BUFFER)) {
            content.writeTo(out);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** The service's statement with the values of {@link ApiLines#REQUEST} and new ids. */
    private String createScript() {
        migrate();
        var bound = Map.ofEntries(
                Map.entry("ids", array(n -> uuid(2 * n))),
                Map.entry("createdAt", array("now()")),
                Map.entry("expires", array("now() + interval '7 days'")),
                Map.entry("requestIds", array("'0123456789abcdef'")),
                Map.entry("names", array("'Active hosts'")),
                Map.entry("formats", array("'json'")),
                Map.entry("accountNumbers", array("''")),
                Map.entry("orgIds", array(TENANT_SQL)),
                Map.entry("usernames", array(TENANT_SQL)),
                Map.entry("distinctApplications", array("'{exampleApp}'")),
                Map.entry("identities", array("'" + Seed.identity("bench") + "'")),
                Map.entry("exports", array(n -> Integer.toString(n + 1))),
                Map.entry("positions", array("1")),
                Map.entry("sourceIds", array(n -> uuid(2 * n + 1))),
                Map.entry("applications", array("'exampleApp'")),
                Map.entry("resources", array("'exampleResource'")),
                Map.entry(
                        "filters",
                        array("'{\"status\":\"active\",\"startDate\":\"2024-02-01\",\"tags\":[\"a\",\"b\"]}'")),
                Map.entry("sourceExpires", array("null")),
                Map.entry("key", "null"),
                Map.entry("request", "null"),
                Map.entry("keptSeconds", "0"),
                Map.entry("events", array("'" + "e".repeat(1_000) + "'")));
        return "\\set n random(0, 281474976710655)\n" + Pgbench.oneLine(SqlFile.read("export/create"), bound);
    }

    /** A new id for each number and execution. */
    private static String uuid(int number) {
        return "('%08x-0000-4000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))".formatted(number);
    }

    private static String array(String each) {
        return array(_ -> each);
    }

    private static String array(IntFunction<String> each) {
        return IntStream.range(0, BATCH).mapToObj(each).collect(Collectors.joining(",", "array[", "]"));
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(servers.database(DATABASE))
                // As in the service, else concurrent index builds wait for ever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    private String statusScript() throws Exception {
        migrate();
        try (var connection = servers.database(DATABASE).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into export_payloads (id, created_at, expires, name, format, status, account_id,
                                                 organization_id, username)
                    values ('%s', now(), now() + interval '7 days', 'Active hosts', 'json', 'pending', '', %s, %s);
                    insert into sources (id, export_payload_id, position, application, status, resource)
                    values (gen_random_uuid(), '%1$s', 1, 'exampleApp', 'pending', 'exampleResource')""".formatted(KNOWN_EXPORT, TENANT_SQL, TENANT_SQL));
        }
        return Pgbench.oneLine(
                SqlFile.read("export/status"),
                Map.of(
                        "ids",
                        array("'" + KNOWN_EXPORT + "'"),
                        "orgIds",
                        array(TENANT_SQL),
                        "usernames",
                        array(TENANT_SQL),
                        "accountNumbers",
                        array("''"),
                        "maxBytes",
                        "65536"));
    }
}
