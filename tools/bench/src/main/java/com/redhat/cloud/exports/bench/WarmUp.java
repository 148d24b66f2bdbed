package com.redhat.cloud.exports.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Warms up by short runs until the JVM's compiler uses hardly any of their CPU. A fixed time would be too short on a slow machine and too long on a fast one.
 */
final class WarmUp {

    /** For the first line of a kind, where much is to be compiled. */
    static final int LONG = 33;

    /** For lines where little is left to compile. */
    static final int SHORT = 12;

    private static final int SECONDS = 3;
    private static final double COMPILERS_SHARE = 0.05;

    /** Quiet runs in a row: one alone may be a pause. */
    private static final int RUNS_AT_REST = 2;

    private WarmUp() {}

    /** A load of about so many seconds. */
    @FunctionalInterface
    interface Load {
        void run(int seconds) throws Exception;
    }

    /** Repeats a task for so many seconds. */
    static Load repeating(Callable<?> task) {
        return seconds -> {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                task.call();
            }
        };
    }

    /** @param most seconds at most */
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
