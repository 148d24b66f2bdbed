package com.redhat.cloud.exports.chaos;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What happens to the n-th export, determined by the seed.
 *
 * @param tenant number of its tenant
 * @param sources what the application of each source does
 * @param end what its user does with it
 * @param waitMillis milliseconds that the user waits, where the end has a wait
 */
record Plan(int number, int tenant, String format, List<Source> sources, End end, int waitMillis) {

    static final int TENANTS = 3;

    enum End {
        DOWNLOAD_AND_KEEP,
        DOWNLOAD_AND_DELETE,
        DELETE_EARLY,
        EXPIRE
    }

    enum Answer {
        UPLOAD,
        ERROR,
        /** Two instances of the application upload different bytes to different replicas. */
        TWO_UPLOADS,
        /** Two instances upload the same bytes. */
        SAME_UPLOAD_TWICE,
        UPLOAD_AGAINST_ERROR,
        /** A first try breaks off in the middle. */
        BROKEN_UPLOAD,
        /** It stalls in the middle. */
        STALLED_UPLOAD,
        /** A first try is not of the format. */
        INVALID_UPLOAD,
        NONE
    }

    record Source(Answer answer, int size, long seed) {

        /** @param candidate 0, or 1 for different bytes */
        Payload payload(String format, int candidate) {
            return new Payload(format, size, seed + candidate);
        }
    }

    static Plan of(long seed, int number) {
        var random = new SplittableRandom(seed * 1_000_003 + number);
        var sources = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(index -> new Source(answer(random.nextInt(100)), size(random), random.nextLong()))
                .toList();
        return new Plan(
                number,
                random.nextInt(TENANTS),
                random.nextBoolean() ? "json" : "csv",
                sources,
                end(random.nextInt(100)),
                random.nextInt(3000));
    }

    private static Answer answer(int percentile) {
        if (percentile < 50) {
            return Answer.UPLOAD;
        }
        if (percentile < 60) {
            return Answer.ERROR;
        }
        if (percentile < 69) {
            return Answer.TWO_UPLOADS;
        }
        if (percentile < 75) {
            return Answer.SAME_UPLOAD_TWICE;
        }
        if (percentile < 82) {
            return Answer.UPLOAD_AGAINST_ERROR;
        }
        if (percentile < 89) {
            return Answer.BROKEN_UPLOAD;
        }
        if (percentile < 93) {
            return Answer.STALLED_UPLOAD;
        }
        return percentile < 98 ? Answer.INVALID_UPLOAD : Answer.NONE;
    }

    /** Mostly small; some have several blocks, a few several parts. */
    private static int size(SplittableRandom random) {
        int percentile = random.nextInt(100);
        if (percentile < 88) {
            return 50 + random.nextInt(20_000);
        }
        return percentile < 97 ? 300_000 + random.nextInt(2_000_000) : 13_000_000 + random.nextInt(4_000_000);
    }

    private static End end(int percentile) {
        if (percentile < 40) {
            return End.DOWNLOAD_AND_KEEP;
        }
        if (percentile < 80) {
            return End.DOWNLOAD_AND_DELETE;
        }
        return percentile < 90 ? End.DELETE_EARLY : End.EXPIRE;
    }
}
