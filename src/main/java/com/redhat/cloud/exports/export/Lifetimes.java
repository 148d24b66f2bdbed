package com.redhat.cloud.exports.export;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides when exports and their sources' data expire. A time in the past is accepted, since clients send fixed times that
 * were once in the future; the export must still be there when they fetch it.
 *
 * @param standard life of an export whose request names no time
 * @param minimum life of what would have expired already
 */
record Lifetimes(Duration standard, Duration minimum) {

    /**
     * @param requested null when the request names no time
     * @return truncated to microseconds, as in the database
     */
    Instant ofExport(@Nullable Instant requested, Instant now) {
        return requested == null ? now.plus(standard) : notTooSoon(requested, now);
    }

    /**
     * @param requested null when the request names no time
     * @param export when the export expires
     * @return null for a source whose data expires with the export
     */
    @Nullable
    Instant ofSource(@Nullable Instant requested, Instant now, Instant export) {
        if (requested == null) {
            return null;
        }
        Instant expires = notTooSoon(requested, now);
        return expires.isBefore(export) ? expires : null;
    }

    private Instant notTooSoon(Instant requested, Instant now) {
        Instant expires = requested.truncatedTo(ChronoUnit.MICROS);
        return expires.isAfter(now) ? expires : now.plus(minimum);
    }
}
