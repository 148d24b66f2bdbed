package com.redhat.cloud.exports.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * The result of {@code make bench}.
 *
 * @param commit the version, as {@code git describe} names it
 * @param failures lines that could not be measured, with the reason
 */
record Report(String started, String commit, String machine, String s3, List<Row> rows, List<String> failures) {

    private static final String UNKNOWN = "unknown";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LAYOUT = "%-22s %-22s %5s %10s %21s %9s %4s %10s %6s%n";

    Report {
        // Older results have none.
        commit = Objects.requireNonNullElse(commit, UNKNOWN);
        // Rejects other JSON objects.
        Objects.requireNonNull(rows);
        Objects.requireNonNull(failures);
    }

    /** The version that is checked out; {@code unknown} where git or the repository is missing. */
    static String thisCommit() {
        try {
            var git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var name = git.inputReader()) {
                return Objects.requireNonNullElse(name.readLine(), UNKNOWN);
            }
        } catch (IOException noGit) {
            return UNKNOWN;
        }
    }

    static String thisMachine() throws IOException {
        String model;
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            model = lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        }
        return "%d cores, %s, JDK %s"
                .formatted(Runtime.getRuntime().availableProcessors(), model, System.getProperty("java.version"));
    }

    /** @throws IOException naming the file, if it is missing or not a result */
    static Report read(Path json) throws IOException {
        try {
            return JSON.readValue(json.toFile(), Report.class);
        } catch (JsonProcessingException e) {
            throw new IOException(json + " is no result of make bench", e);
        }
    }

    /** @return the file */
    Path write(Path directory) throws IOException {
        var name = Instant.parse(started)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                        .replaceAll("[:-]", "") + ".json";
        var file = Files.createDirectories(directory).resolve(name);
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
        return file;
    }

    /** Version, time and machine in one line. */
    String heading() {
        return "Version %s, started %s on %s; S3: %s%n".formatted(commit, started, machine, s3);
    }

    String table() {
        var table = new StringBuilder();
        table.append('\n').append(heading()).append('\n');
        table.append(
                LAYOUT.formatted("line", "figure", "unit", "median", "least .. most", "goal", "met", "limit", "ratio"));
        var line = "";
        for (var row : rows) {
            table.append(LAYOUT.formatted(
                    row.line().equals(line) ? "" : row.line(),
                    row.figure(),
                    row.unit(),
                    number(row.median()),
                    row.runs() == 1 ? "" : number(row.least()) + " .. " + number(row.most()),
                    (Double.isNaN(row.goal()) ? "" : row.moreIsBetter() ? ">= " : "<= ") + number(row.goal()),
                    row.verdict(),
                    number(row.limit()),
                    number(row.ratio())));
            line = row.line();
        }
        failures.forEach(failure -> table.append("FAILED ").append(failure).append('\n'));
        return table.toString();
    }

    /** Three significant digits; empty for NaN. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        double size = Math.abs(value);
        return size >= 100 ? "%,.0f".formatted(value) : size >= 10 ? "%.1f".formatted(value) : "%.3f".formatted(value);
    }
}
