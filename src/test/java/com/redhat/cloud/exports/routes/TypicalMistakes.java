package com.redhat.cloud.exports.routes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;

/** What people get wrong in route files, each made in one of the service's own, with what the check says of it. */
final class TypicalMistakes {

    private TypicalMistakes() {}

    /**
     * @param what the mistake in a few words
     * @param file where it is made
     * @param right a part of the file, which occurs in it
     * @param wrong what it becomes
     */
    record Mistake(String what, String file, String right, String wrong) {}

    static final List<Mistake> ALL = List.of(
            new Mistake("A tab for indentation", "silence", "    id: remind-sources", "\tid: remind-sources"),
            new Mistake(
                    "A colon in a text without quotes",
                    "tallies",
                    "description: Every second - merges",
                    "description: Every second: merges"),
            new Mistake("A misspelled step", "exports", "        - setBody:", "        - setBdy:"),
            new Mistake(
                    "A forgotten dash: two steps in one",
                    "download",
                    "        - bean:\n            ref: downloads",
                    "          bean:\n            ref: downloads"),
            new Mistake("An unknown component", "request-events", "uri: kafka", "uri: kafak"),
            new Mistake(
                    "An option that the component does not have", "request-events", "lingerMs: 0", "lingerMilli: 0"),
            new Mistake("A value that the option does not take", "adoption", "period: 5m", "period: 5 minuets"),
            new Mistake("A bean that is not there", "download", "ref: downloads", "ref: download"),
            new Mistake("A method that the bean does not have", "silence", "method: giveUp", "method: giveup"),
            new Mistake(
                    "A statement that is not there",
                    "tallies",
                    "classpath:sql/export/merge-counts.sql",
                    "classpath:sql/tally/merged.sql"),
            new Mistake(
                    "A setting that is not there",
                    "expiry",
                    "period: \"{{export.expiry.period}}\"",
                    "period: \"{{export.expiry.periods}}\""),
            new Mistake("A function that the simple language does not have", "adoption", "${body[id]}", "${bdy[id]}"),
            new Mistake("A call of a route that is not there", "download", "name: identify", "name: identity"),
            new Mistake(
                    "An operation of the API that loses its route", "exports", "name: listExports", "name: listExport"),
            new Mistake(
                    "An id that another route has", "silence", "id: fail-unresponsive-sources", "id: remind-sources"),
            new Mistake(
                    "A route that does not say what it does",
                    "download",
                    "    description: GET /exports/{id} - composes the zip from the stored streams while it is sent; ranges and"
                            + " conditions included.\n",
                    ""),
            new Mistake(
                    "An expression in short form, which visual editors rewrite",
                    "exports",
                    "            constant:\n              expression: Hello world",
                    "            constant: Hello world"));

    /** What {@code make routes-check} prints. */
    static List<Finding> findings(Mistake mistake) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        for (RouteFile file : new RouteFolder(Path.of("routes")).readOwn()) {
            boolean meant = file.location().equals("routes/" + mistake.file() + RouteFile.SUFFIX);
            if (meant && !file.text().contains(mistake.right())) {
                throw new IllegalStateException(file.location() + " has no " + mistake.right());
            }
            files.add(meant ? new RouteFile(file.location(), replaceFirst(file.text(), mistake)) : file);
        }
        return new RouteCheck(ServiceSurroundings.atRest(), new DefaultCamelContext()).check(files);
    }

    private static String replaceFirst(String text, Mistake mistake) {
        int start = text.indexOf(mistake.right());
        return text.substring(0, start)
                + mistake.wrong()
                + text.substring(start + mistake.right().length());
    }
}
