package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code make bench-compare}: compares two results figure by figure. */
final class Compare {

    private static final String LAYOUT = "%-22s %-22s %5s %10s %10s %8s  %s%n";

    /** Of the larger median. With it, two runs of one version differ in 4 figures of 102, and without it in 32. */
    private static final int MINIMUM_PERCENT = 15;

    private static final String CAUTION = """

            Better or worse: no run of the one is within the runs of the other, and the medians are over %d %% apart.
            On a busy or virtual machine two runs of one version are as far apart in some figures: what shows a
            change is runs of both versions in turn.
            """.formatted(MINIMUM_PERCENT);

    private Compare() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: make bench-compare A=target/bench/<time>.json B=target/bench/<time>.json");
            System.exit(2);
        }
        try {
            System.out.print(table(Report.read(Path.of(arguments[0])), Report.read(Path.of(arguments[1]))));
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static String table(Report before, Report after) {
        var table = new StringBuilder();
        table.append("A  ").append(before.heading());
        table.append("B  ").append(after.heading()).append('\n');
        table.append(LAYOUT.formatted("line", "figure", "unit", "A", "B", "B / A", ""));
        for (var a : before.rows()) {
            same(a, after)
                    .ifPresent(b -> table.append(LAYOUT.formatted(
                            a.line(),
                            a.figure(),
                            a.unit(),
                            Report.number(a.median()),
                            Report.number(b.median()),
                            Report.number(b.median() / a.median()),
                            verdict(a, b))));
        }
        return table.append(missing("A", before, after))
                .append(missing("B", after, before))
                .append(CAUTION)
                .toString();
    }

    private static Optional<Row> same(Row row, Report report) {
        return report.rows().stream()
                .filter(other ->
                        other.line().equals(row.line()) && other.figure().equals(row.figure()))
                .findFirst();
    }

    /** Figures that are not in the table: those that failed, and those that only one result has. */
    private static String missing(String name, Report report, Report other) {
        var lines = other.rows().stream().map(Row::line).collect(Collectors.toSet());
        var only = report.rows().stream()
                .filter(row -> same(row, other).isEmpty())
                .map(row -> lines.contains(row.line()) ? row.line() + ", " + row.figure() : row.line())
                .distinct()
                .map(what -> "only in %s: %s%n".formatted(name, what));
        var failed = report.failures().stream().map(failure -> "FAILED in %s: %s%n".formatted(name, failure));
        return Stream.concat(failed, only).collect(Collectors.joining());
    }

    /** A difference counts if no run of one result is within the runs of the other, and if it is not small. */
    static String verdict(Row a, Row b) {
        boolean apart = a.most() < b.least() || b.most() < a.least();
        double larger = Math.max(Math.abs(a.median()), Math.abs(b.median()));
        boolean far = 100 * Math.abs(a.median() - b.median()) > MINIMUM_PERCENT * larger;
        if (a.runs() == 1 || b.runs() == 1 || !apart || !far) {
            return "";
        }
        return b.median() > a.median() == a.moreIsBetter() ? "better" : "worse";
    }
}
