package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.nio.file.Path;

/** {@code make bench-compare}: two results, figure by figure. */
final class Compare {

    private static final String LAYOUT = "%-22s %-22s %5s %10s %10s %8s  %s%n";

    private Compare() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: make bench-compare A=target/bench/<time>.json B=target/bench/<time>.json");
            System.exit(2);
        }
        System.out.print(table(Report.read(Path.of(arguments[0])), Report.read(Path.of(arguments[1]))));
    }

    private static String table(Report before, Report after) {
        var table = new StringBuilder();
        table.append("A  ").append(before.heading());
        table.append("B  ").append(after.heading()).append('\n');
        table.append(LAYOUT.formatted("line", "figure", "unit", "A", "B", "B / A", ""));
        for (var a : before.rows()) {
            after.rows().stream()
                    .filter(b -> b.line().equals(a.line()) && b.figure().equals(a.figure()))
                    .forEach(b -> table.append(LAYOUT.formatted(
                            a.line(),
                            a.figure(),
                            a.unit(),
                            Report.number(a.median()),
                            Report.number(b.median()),
                            Report.number(b.median() / a.median()),
                            verdict(a, b))));
        }
        return table.toString();
    }

    /** A difference counts when no run of the one is within the runs of the other. */
    private static String verdict(Row a, Row b) {
        if (a.runs() == 1 || b.runs() == 1 || a.least() <= b.most() && b.least() <= a.most()) {
            return "";
        }
        return b.median() > a.median() == a.moreIsBetter() ? "better" : "worse";
    }
}
