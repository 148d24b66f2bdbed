package com.redhat.cloud.exports.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code make bench}: starts the servers and the packaged service, measures line by line, prints a table and keeps it as
 * JSON. One argument picks the lines whose names begin with it, including lines outside the table.
 */
final class Bench {

    static final Path RESULTS = Path.of("target", "bench");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var only = arguments.length == 0 ? "" : arguments[0];
        var lines = only.isEmpty()
                ? table().toList()
                : lines().filter(line -> line.name().startsWith(only)).toList();
        if (lines.isEmpty()) {
            System.err.println("no line begins with " + only
                    + (FormerService.isGiven() ? "" : "; those that begin with former want FORMER=folder, too"));
            System.exit(2);
        }
        var stage = Stage.open();
        var report = measure(lines, stage);
        System.out.print(report.table());
        System.out.println("\nKept as " + report.write(RESULTS));
        System.exit(report.failures().isEmpty() ? 0 : 1);
    }

    /** All lines. */
    static Stream<Line> lines() {
        return Stream.of(table(), FloodLines.lines().stream(), FormerLines.lines().stream())
                .flatMap(lines -> lines);
    }

    /** Lines with the same JVM options follow each other, so that the service is started and warmed up once. */
    private static Stream<Line> table() {
        return Stream.of(
                        ApiLines.lines(),
                        EventLines.lines(),
                        UploadLines.single(),
                        DownloadLines.lines(),
                        UploadLines.singleByTheJdk(),
                        UploadLines.ofMany(),
                        StartLines.lines())
                .flatMap(List::stream);
    }

    private static Report measure(List<Line> lines, Stage stage) throws Exception {
        var started = Instant.now().toString();
        var commit = Report.thisCommit();
        var rows = new ArrayList<Row>();
        var failures = new ArrayList<String>();
        for (var line : lines) {
            System.out.print(line.name());
            long start = System.nanoTime();
            try {
                rows.addAll(line.measure(stage));
            } catch (Exception e) {
                if (stage.isClosed()) {
                    throw e;
                }
                // The other lines go on.
                failures.add(line.name() + ": " + e);
            }
            System.out.printf(", %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        }
        rows.addAll(stage.limits().rows());
        return new Report(started, commit, Report.thisMachine(), Servers.s3Name(), rows, failures);
    }
}
