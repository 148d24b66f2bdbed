package com.redhat.cloud.exports.bench;

/**
 * Until the compiler has nothing more to gain: short runs, until one costs the service hardly less CPU than the best of
 * those before. A fixed time would measure the compiler on a slow machine and waste time on a fast one.
 */
final class WarmUp {

    private static final int MOST_RUNS = 15;
    private static final int SECONDS = 3;
    private static final double HARDLY_LESS = 0.93;

    /** Two in a row: one alone may be bad luck. */
    private static final int RUNS_WITHOUT_GAIN = 2;

    private WarmUp() {}

    /** Some load of about so many seconds; returns the requests that were answered. */
    @FunctionalInterface
    interface Load {
        long run(int seconds) throws Exception;
    }

    static void of(Service service, Load load) throws Exception {
        double best = Double.MAX_VALUE;
        int withoutGain = 0;
        for (int run = 0; run < MOST_RUNS && withoutGain < RUNS_WITHOUT_GAIN; run++) {
            double before = service.meter().cpuMillis();
            long requests = load.run(SECONDS);
            double each = (service.meter().cpuMillis() - before) / requests;
            withoutGain = each < HARDLY_LESS * best ? 0 : withoutGain + 1;
            best = Math.min(best, each);
        }
    }
}
