package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with wrk as fast as they are answered, over a fixed number of connections.
 *
 * @param server scheme, host and port
 * @param paths a file, one path a line
 * @param body a file, or none
 */
record Wrk(URI server, String method, Path paths, @Nullable Path body, Map<String, String> headers) {

    private static final int THREADS = 2;
    private static final Path SCRIPT = Path.of("tools", "bench", "requests.lua");

    /**
     * @param p50 median from request to answer, milliseconds
     * @param p99 of 99 in a hundred, milliseconds
     */
    record Outcome(long requests, double seconds, double p50, double p99) {

        double rate() {
            return requests / seconds;
        }
    }

    /** @throws IOException if one answer in a thousand or more failed, which makes the figures meaningless */
    Outcome run(int connections, int seconds) throws IOException, InterruptedException {
        return run(connections, seconds, 0.001);
    }

    /** @param failures share of the answers that may fail; 1 for all */
    Outcome run(int connections, int seconds, double failures) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "wrk",
                "-t" + THREADS,
                "-c" + connections,
                "-d" + seconds + "s",
                "--timeout",
                "10s",
                "-s",
                SCRIPT.toString(),
                server.toString(),
                "--",
                Integer.toString(THREADS),
                method,
                paths.toString(),
                body == null ? "-" : body.toString()));
        headers.forEach((name, value) -> command.addAll(List.of(name, value)));
        var wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var output = wrk.inputReader().readAllLines();
            var measured = output.stream()
                    .filter(line -> line.startsWith("measured "))
                    .findFirst()
                    .orElseThrow(() -> new IOException("wrk: " + String.join("\n", output)));
            var figures = measured.split(" ");
            var outcome = new Outcome(
                    Long.parseLong(figures[1]),
                    Long.parseLong(figures[2]) / 1e6,
                    Long.parseLong(figures[3]) / 1e3,
                    Long.parseLong(figures[4]) / 1e3);
            if (Long.parseLong(figures[5]) > outcome.requests() * failures) {
                throw new IOException("%s of %d requests failed:%n%s"
                        .formatted(figures[5], outcome.requests(), String.join("\n", output)));
            }
            return outcome;
        } finally {
            wrk.destroy();
        }
    }
}
