package com.redhat.cloud.exports.documents;

import com.redhat.cloud.exports.routes.Finding;
import com.redhat.cloud.exports.routes.RouteCheck;
import com.redhat.cloud.exports.routes.RouteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.camel.impl.DefaultCamelContext;

/** Common mistakes in route files, each made in a sample file, and the findings of the check. */
final class TypicalMistakes {

    static final String FILE = "reports.camel.yaml";

    private static final String SAMPLE = read();

    private TypicalMistakes() {}

    /**
     * One mistake.
     *
     * @param what the mistake in short
     * @param right a part of the sample
     * @param wrong what replaces it
     */
    record Mistake(String what, String right, String wrong) {

        Mistake {
            if (!SAMPLE.contains(right)) {
                throw new IllegalArgumentException("the sample does not contain " + right);
            }
        }

        /** The output of {@code make routes-check}. */
        List<Finding> findings() {
            int start = SAMPLE.indexOf(right);
            String file = SAMPLE.substring(0, start) + wrong + SAMPLE.substring(start + right.length());
            return new RouteCheck(new SampleProgram(), new DefaultCamelContext())
                    .check(List.of(new RouteFile(FILE, file)));
        }
    }

    static final List<Mistake> ALL = List.of(
            new Mistake("A tab for indentation", "    id: identify", "\tid: identify"),
            new Mistake(
                    "A colon in a text without quotes",
                    "description: Every minute - deletes old reports",
                    "description: Every minute: deletes old reports"),
            new Mistake("A misspelled step", "        - setHeader:", "        - setHeadr:"),
            new Mistake(
                    "A forgotten dash: two steps in one",
                    "        - bean:\n            ref: reports",
                    "          bean:\n            ref: reports"),
            new Mistake("An unknown component", "uri: kafka", "uri: kafak"),
            new Mistake("An option that the component does not have", "lingerMs: 0", "lingerMilli: 0"),
            new Mistake("A value that the option does not accept", "delay: 5s", "delay: 5 secunds"),
            new Mistake("An unknown bean", "ref: reports", "ref: report"),
            new Mistake("A method that the bean does not have", "method: list", "method: lists"),
            new Mistake("A missing statement file", "sql/delete-old.sql", "sql/delete-all.sql"),
            new Mistake("An unknown setting", "period: \"{{reports.period}}\"", "period: \"{{reports.periods}}\""),
            new Mistake("A function that the simple language does not have", "${body[id]}", "${bdy[id]}"),
            new Mistake(
                    "A call of a route that does not exist",
                    "              name: identify",
                    "              name: identity"),
            new Mistake("An operation of the API that loses its route", "name: listReports", "name: listReport"),
            new Mistake("An id that another route has", "id: delete-old-reports", "id: list-reports"),
            new Mistake("A route without a description", "    description: Reads the identity of the caller.\n", ""),
            new Mistake(
                    "An expression in short form, which visual editors rewrite",
                    "            constant:\n              expression: application/json",
                    "            constant: application/json"));

    private static String read() {
        try (InputStream file = TypicalMistakes.class.getResourceAsStream("/sample/" + FILE)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
