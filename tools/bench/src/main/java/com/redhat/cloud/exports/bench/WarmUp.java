package com.redhat.cloud.exports.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Until the JVM's compiler rests: short runs, until it has hardly a part in what they cost. A fixed time would measure the
 * compiler on a slow machine and waste time on a fast one.
 */
final class WarmUp {

    /** Where much is to be compiled: the first line of a kind. */
    static final int LONG = 33;

    /** Where most of it is compiled by the lines before, or is little. */
    static final int SHORT = 12;

    private static final int SECONDS = 3;
    private static final double COMPILERS_SHARE = 0.05;

    /** Two in a row: one alone may be a pause. */
    private static final int RUNS_AT_REST = 2;

    private WarmUp() {}

    /** Some load of about so many seconds. */
    @FunctionalInterface
    interface Load {
        void run(int seconds) throws Exception;
    }

    /** The task again and again, as often as the seconds allow. */
    static Load repeating(Callable<?> task) {
        return seconds -> {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                task.call();
            }
        };
    }

    /** @param most seconds, whatever the compiler does */
    static void of(Service service, int most, Load load) throws Exception {
        long start = System.nanoTime();
        int atRest = 0;
        double share = 1;
        for (int run = 0; run * SECONDS < most && atRest < RUNS_AT_REST; run++) {
            double all = service.meter().cpuMillis();
            double compiler = service.meter().compilerMillis();
            load.run(SECONDS);
            share = (service.meter().compilerMillis() - compiler)
                    / (service.meter().cpuMillis() - all);
            atRest = share < COMPILERS_SHARE ? atRest + 1 : 0;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        System.out.printf(
                atRest == RUNS_AT_REST ? ", warmed up in %d s" : ", warmed up for %d s, compiler still %.0f %%",
                seconds,
                100 * share);
    }
}
