package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * The service's statements without the service, by PostgreSQL's own tool.
 *
 * @param environment the servers, by the environment names of the service
 * @param directory for the scripts
 */
record Pgbench(Map<String, String> environment, Path directory) {

    /** Short: the median of several runs says more than one long run. */
    private static final int SECONDS = 1;

    private static final int CLIENTS = 2;

    /** The service's settings of its connections, see application.yaml. */
    private static final String SESSION = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

    /**
     * @param name of the script, for its file and messages
     * @return transactions a second, NaN where the tool is missing
     */
    double rate(String name, String database, String script) throws IOException, InterruptedException {
        var file = Files.writeString(directory.resolve(name + ".pgbench"), script);
        Process pgbench;
        try {
            var command = new ProcessBuilder(
                            "pgbench",
                            "-n",
                            "-M",
                            "prepared",
                            "-c",
                            Integer.toString(CLIENTS),
                            "-j",
                            "2",
                            "-T",
                            Integer.toString(SECONDS),
                            "-f",
                            file.toString(),
                            "-h",
                            "localhost",
                            "-p",
                            environment.get("PGSQL_PORT"),
                            "-U",
                            environment.get("PGSQL_USER"),
                            database)
                    .redirectErrorStream(true);
            command.environment().put("PGOPTIONS", SESSION);
            pgbench = command.start();
        } catch (IOException missing) {
            System.out.println("pgbench is not installed: no limit for " + name);
            return Double.NaN;
        }
        try {
            var output = pgbench.inputReader().readAllLines();
            return output.stream()
                    .filter(line -> line.startsWith("tps = "))
                    .findFirst()
                    .map(line -> Double.parseDouble(line.split(" ")[2]))
                    .orElseThrow(() -> new IOException("pgbench: "
                            + String.join("\n", output.subList(0, Math.min(5, output.size())))));
        } finally {
            pgbench.destroy();
        }
    }

    /** Joins a statement into one line, since pgbench ends it there, and binds every {@code :name}, which pgbench takes for variables. */
    static String oneLine(String statement, Map<String, String> bound) {
        String sql = statement;
        for (var parameter : bound.entrySet()) {
            sql = sql.replaceAll(
                    "(?<!:):%s\\b".formatted(parameter.getKey()), Matcher.quoteReplacement(parameter.getValue()));
        }
        return sql.replaceAll("\\s+", " ").strip() + ";\n";
    }
}
