package com.redhat.cloud.exports.bench;

/**
 * One figure of one run of a line.
 *
 * @param name for instance {@code rate}; unique in its line
 * @param unit for instance {@code /s}
 * @param goal NaN without a goal
 * @param moreIsBetter whether larger values are better
 * @param limit of the machine, measured in the same run; NaN if it was not
 */
record Measure(String name, String unit, double value, double goal, boolean moreIsBetter, double limit) {

    /** A figure where more is better. */
    static Measure rate(String name, String unit, double value) {
        return new Measure(name, unit, value, Double.NaN, true, Double.NaN);
    }

    /** A figure where less is better. */
    static Measure cost(String name, String unit, double value) {
        return new Measure(name, unit, value, Double.NaN, false, Double.NaN);
    }

    /** Kibibytes that the service allocates per request. */
    static Measure allocation(double bytes, long requests) {
        return cost("allocated", "KiB", bytes / 1024 / requests);
    }

    Measure goal(double goal) {
        return new Measure(name, unit, value, goal, moreIsBetter, limit);
    }

    Measure limit(double machine) {
        return new Measure(name, unit, value, goal, moreIsBetter, machine);
    }
}
