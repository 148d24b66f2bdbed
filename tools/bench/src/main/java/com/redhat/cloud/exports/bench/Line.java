package com.redhat.cloud.exports.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of the table: what it does, and how often.
 *
 * @param name {@code ONLY} picks the lines whose names begin with it
 */
record Line(String name, int repeats, Preparation preparation) {

    /** How long each run of wrk lasts. */
    static final int SECONDS = Integer.getInteger("bench.seconds", 3);

    static final int REPEATS = Integer.getInteger("bench.repeats", 3);

    /** Seeds, measures limits and warms up. */
    @FunctionalInterface
    interface Preparation {
        Run prepare(Stage stage) throws Exception;
    }

    /** One measured run; every run of a line has the same figures. */
    @FunctionalInterface
    interface Run {
        List<Measure> once() throws Exception;
    }

    /** The figures of all runs, one row each. */
    List<Row> measure(Stage stage) throws Exception {
        var run = preparation.prepare(stage);
        Map<String, List<Measure>> figures = new LinkedHashMap<>();
        for (int i = 0; i < repeats; i++) {
            for (var measure : run.once()) {
                figures.computeIfAbsent(measure.name(), figure -> new ArrayList<>())
                        .add(measure);
            }
        }
        return figures.values().stream().map(values -> Row.of(name, values)).toList();
    }
}
