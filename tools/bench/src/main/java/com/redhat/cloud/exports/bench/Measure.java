package com.redhat.cloud.exports.bench;

/**
 * One figure of one run of a line.
 *
 * @param name for instance {@code rate}; unique in its line
 * @param unit for instance {@code /s}
 * @param goal what is to be reached, NaN when nothing is
 * @param moreIsBetter which way the goal and the limit lie
 * @param limit what the machine allows, measured in the same run, NaN when nothing was
 */
record Measure(String name, String unit, double value, double goal, boolean moreIsBetter, double limit) {

    /** Of which more is better. */
    static Measure rate(String name, String unit, double value) {
        return new Measure(name, unit, value, Double.NaN, true, Double.NaN);
    }

    /** Of which less is better. */
    static Measure cost(String name, String unit, double value) {
        return new Measure(name, unit, value, Double.NaN, false, Double.NaN);
    }

    Measure goal(double reached) {
        return new Measure(name, unit, value, reached, moreIsBetter, limit);
    }

    Measure limit(double machine) {
        return new Measure(name, unit, value, goal, moreIsBetter, machine);
    }
}
