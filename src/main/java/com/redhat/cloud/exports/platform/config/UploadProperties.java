package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;

import java.time.Duration;

/**
 * Uploads by source applications.
 *
 * @param maxSizeMib largest upload, in MiB
 * @param validation {@code off}; {@code syntax}: UTF-8, JSON is one value, CSV has no NUL and no quote that is never
 *     closed, fields may be separated by comma, semicolon, tab or bar; {@code strict}: CSV is RFC 4180, with commas, and every
 *     record has as many fields as the first
 * @param deflater what compresses uploads. {@code isal}: Intel's ISA-L, which must be installed (Debian
 *     {@code libisal2}, {@code libisal.so.2}); {@code parallel}: the JDK, with blocks of one upload on idle cores;
 *     {@code jdk}: the JDK, one thread per upload; {@code auto}: {@code isal} if it is installed and the level is 1,
 *     otherwise {@code parallel}. The log names the choice at the start
 * @param deflateLevel level of the JDK's deflater, 1 (fast) to 9 (small); up to 3 a block starts with 8 KiB of
 *     history, from 4 on with 32 KiB
 * @param lease an upload whose replica gives no sign of life for so long is considered dead, and what it stored is
 *     deleted
 */
public record UploadProperties(
        int maxSizeMib, Validation validation, DeflaterChoice deflater, int deflateLevel, Duration lease) {
    public UploadProperties {
        require(
                lease.toSeconds() >= 10,
                "EXPORT_UPLOAD_LEASE",
                "must be 10 s or more, but is " + lease.toMillis() + " ms");
        require(maxSizeMib >= 1, "MAX_PAYLOAD_SIZE", "must be a whole number of MiB, 1 or more, but is " + maxSizeMib);
        require(
                deflateLevel >= 1 && deflateLevel <= 9,
                "EXPORT_DEFLATE_LEVEL",
                "must be from 1 to 9, but is " + deflateLevel);
    }

    /** Largest body of an upload, in bytes. */
    public long maxSizeBytes() {
        return maxSizeMib * 1024L * 1024L;
    }

    /** What deflates uploads; every reader takes the output of each. */
    public enum DeflaterChoice {
        /** {@link #ISAL} if it works and the level is 1, otherwise {@link #PARALLEL}. */
        AUTO,
        /** The library ISA-L, on idle cores too. */
        ISAL,
        /** The JDK, on idle cores too. */
        PARALLEL,
        /** The JDK, one thread per upload. */
        JDK
    }

    /** How strictly an uploaded body is checked. */
    public enum Validation {
        /** Not at all: bytes are stored as they come. */
        OFF,
        /** JSON: exactly one value. CSV: as common readers take it. Both: UTF-8. */
        SYNTAX,
        /** As {@link #SYNTAX}, and CSV is RFC 4180, with as many fields in each record as in the first. */
        STRICT
    }
}
