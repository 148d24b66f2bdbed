package com.redhat.cloud.exports.chaos;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ledger as a Markdown table. */
final class Report {

    private Report() {}

    static String of(Ledger ledger, Audit.Committed committed) {
        var rows = new LinkedHashMap<String, Long>();
        long records = ledger.announcements().values().stream()
                .mapToLong(java.util.List::size)
                .sum();
        rows.put("accepted: exports answered 202", (long) ledger.accepted().size());
        rows.put(
                "accepted: of these committed",
                ledger.accepted().stream()
                        .filter(export -> committed.exports().containsKey(export.id()))
                        .count());
        rows.put("accepted: exports in all, each of another request", (long)
                committed.exports().size());
        rows.put("accepted: their sources", (long) committed.sources().size());
        rows.put("announced: sources", (long) ledger.announcements().size());
        rows.put(
                "announced: deleted or expired before",
                committed.sources().keySet().stream()
                        .filter(source -> !ledger.announcements().containsKey(source))
                        .count());
        rows.put("announced: records", records);
        put(rows, ledger, "announced: asked again");
        put(rows, ledger, "announced: again after a fault");
        rows.put(
                "announced: of what was rolled back",
                ledger.announcements().keySet().stream()
                        .filter(source -> !committed.sources().containsKey(source))
                        .count());
        put(rows, ledger, "answered: by data");
        put(rows, ledger, "answered: by an error");
        put(rows, ledger, "answered: by the service, after the deadline");
        rows.put(
                "answered: deleted or expired before",
                committed.sources().keySet().stream()
                        .filter(source -> !committed.answers().containsKey(source))
                        .count());
        rows.put(
                "answered: twice",
                committed.answers().values().stream()
                        .filter(answers -> answers.size() > 1)
                        .count());
        rows.put("answered: 202 seen by an application", (long)
                ledger.acknowledged().size());
        put(rows, ledger, "uploads broken off");
        rows.put("delivered: archives compared", ledger.counted("downloads verified"));
        rows.put("delivered: of these at the end", ledger.counted("downloads verified at the end"));
        rows.put("delivered: entries compared byte by byte", ledger.counted("entries compared"));
        rows.put("delivered: bytes of archives", ledger.counted("bytes of archives"));
        rows.put("delivered: resumed after a broken connection", ledger.counted("downloads that were resumed"));
        rows.put("erased: exports deleted or expired", (long) committed.gone().size());
        rows.put("erased: objects, and attempts that came to nothing", (long) committed.erased());
        put(rows, ledger, "erased: objects left in the bucket, each a live source's");
        put(rows, ledger, "erased: objects left in the bucket of nobody");
        put(rows, ledger, "erased: unfinished multipart uploads left");
        put(rows, ledger, Faults.LEFT_OUT);
        var table = rows.entrySet().stream()
                .map(row -> "| %s | %,d |".formatted(row.getKey(), row.getValue()))
                .collect(Collectors.joining("\n", "| ledger | |\n|---|---:|\n", "\n"));
        return "\n" + table + "\n" + faults(ledger) + "\n" + answers(ledger);
    }

    private static void put(Map<String, Long> rows, Ledger ledger, String name) {
        rows.put(name, ledger.counted(name));
    }

    private static String faults(Ledger ledger) {
        return ledger.faults().stream()
                .collect(Collectors.groupingBy(
                        fault -> fault.target() + ": " + fault.name(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(row -> "| %s | %d |".formatted(row.getKey(), row.getValue()))
                .collect(Collectors.joining("\n", "| fault | times |\n|---|---:|\n", "\n"));
    }

    /** The answers to clients over all tries. */
    private static String answers(Ledger ledger) {
        return ledger.counts().entrySet().stream()
                .filter(count ->
                        count.getKey().contains(" answered ") || count.getKey().endsWith("without an answer"))
                .map(row -> "%s: %,d".formatted(row.getKey(), row.getValue().sum()))
                .collect(Collectors.joining(", ", "requests: ", "\n"));
    }
}
