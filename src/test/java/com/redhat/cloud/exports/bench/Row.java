package com.redhat.cloud.exports.bench;

import java.util.List;

/**
 * One figure of a line over its runs, as printed and as kept in the JSON. NaN where there is no goal or limit.
 *
 * @param ratio 1 is the limit itself, whichever way is better; 0.5 is half as good
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
        double median = (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
        return new Row(
                line,
                first.name(),
                first.unit(),
                median,
                values[0],
                values[values.length - 1],
                values.length,
                first.goal(),
                first.moreIsBetter(),
                first.limit(),
                first.moreIsBetter() ? median / first.limit() : first.limit() / median);
    }

    /** Empty without a goal. */
    String verdict() {
        if (Double.isNaN(goal)) {
            return "";
        }
        return (moreIsBetter ? median >= goal : median <= goal) ? "yes" : "NO";
    }
}
