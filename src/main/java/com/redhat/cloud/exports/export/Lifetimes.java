package com.redhat.cloud.exports.export;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides when exports and the data of their sources expire. A time that has passed is taken, because clients send fixed
 * ones that were once ahead; what they asked for must still be there when they come for it.
 *
 * @param standard life of an export whose request names no time
 * @param minimum life of what should have expired before it was asked for
 */
record Lifetimes(Duration standard, Duration minimum) {

    /**
     * @param asked null when the request names no time
     * @return in microseconds, as the database keeps it
     */
    Instant ofExport(@Nullable Instant asked, Instant now) {
        return asked == null ? now.plus(standard) : ahead(asked, now);
    }

    /**
     * @param asked null when the request names no time
     * @param export when the export expires
     * @return null for a source whose data goes with the export
     */
    @Nullable
    Instant ofSource(@Nullable Instant asked, Instant now, Instant export) {
        if (asked == null) {
            return null;
        }
        Instant expires = ahead(asked, now);
        return expires.isBefore(export) ? expires : null;
    }

    private Instant ahead(Instant asked, Instant now) {
        Instant expires = asked.truncatedTo(ChronoUnit.MICROS);
        return expires.isAfter(now) ? expires : now.plus(minimum);
    }
}
