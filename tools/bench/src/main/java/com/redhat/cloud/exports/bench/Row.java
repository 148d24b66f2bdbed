package com.redhat.cloud.exports.bench;

import java.util.List;

/**
 * One figure of a line over all runs. NaN without a goal or limit.
 *
 * @param ratio 1 at the limit, 0.5 half as good
 */
record Row(
        String line,
        String figure,
        String unit,
        double median,
        double least,
        double most,
        int runs,
        double goal,
        boolean moreIsBetter,
        double limit,
        double ratio) {

    static Row of(String line, List<Measure> measures) {
        var first = measures.getFirst();
        var values = measures.stream().mapToDouble(Measure::value).sorted().toArray();
        double median = median(values);
        double limit =
                median(measures.stream().mapToDouble(Measure::limit).sorted().toArray());
        double goal =
                median(measures.stream().mapToDouble(Measure::goal).sorted().toArray());
        return new Row(
                line,
                first.name(),
                first.unit(),
                median,
                values[0],
                values[values.length - 1],
                values.length,
                goal,
                first.moreIsBetter(),
                limit,
                first.moreIsBetter() ? median / limit : limit / median);
    }

    private static double median(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Empty without a goal. */
    String verdict() {
        if (Double.isNaN(goal)) {
            return "";
        }
        return (moreIsBetter ? median >= goal : median <= goal) ? "yes" : "NO";
    }
}
