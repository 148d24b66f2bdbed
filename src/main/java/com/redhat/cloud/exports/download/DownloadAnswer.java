package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.platform.http.Preconditions;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request for the archive, by the rules of RFC 9110 for conditions and ranges.
 *
 * <p>Ranges are parsed here: {@link org.springframework.http.HttpRange} takes signs and digits of other scripts, fails on
 * numbers beyond a {@code long}, and is case-sensitive about the unit.
 */
sealed interface DownloadAnswer {

    /** 200, everything. */
    record Whole() implements DownloadAnswer {}

    /** 206, the bytes {@code [offset, offset + length)} of {@code total}. */
    record Partial(long offset, long length, long total) implements DownloadAnswer {

        String contentRange() {
            return "bytes %d-%d/%d".formatted(offset, offset + length - 1, total);
        }
    }

    /** 412: the archive is not the one that the client means. */
    record PreconditionFailed() implements DownloadAnswer {}

    /** 304, no body: the client has these bytes. */
    record NotModified() implements DownloadAnswer {}

    /** 416, no body: the range begins after the end. */
    record Unsatisfiable(long total) implements DownloadAnswer {

        String contentRange() {
            return "bytes */%d".formatted(total);
        }
    }

    /** One range of bytes, section 14.1.2; the unit's name is case-insensitive. */
    Pattern SINGLE_RANGE = Pattern.compile("(?i:bytes)=(?:(?<first>\\d+)-(?<last>\\d*)|-(?<suffix>\\d+))");

    /**
     * Evaluates the headers in the order of RFC 9110 section 13.2.2. Each is {@code null} when absent; several lines of one
     * header are joined by commas. HEAD has no ranges (section 14.2): pass {@code null}.
     *
     * @param total the archive's length in bytes
     * @param etag the archive's strong entity tag, with its quotes
     */
    static DownloadAnswer decide(
            long total,
            String etag,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            @Nullable String ifRange,
            @Nullable String range) {
        switch (Preconditions.evaluate(etag, ifMatch, ifNoneMatch)) {
            case FAILED:
                return new PreconditionFailed();
            case NOT_MODIFIED:
                return new NotModified();
            case PASSED:
                break;
        }
        // If-Range compares strongly (section 13.1.5): neither a weak tag nor a date, which was never given, can match.
        if (range == null || (ifRange != null && !ifRange.strip().equals(etag))) {
            return new Whole();
        }
        return select(range.strip(), total);
    }

    /** A range that cannot be parsed, and more than one, may be ignored (section 14.2). */
    private static DownloadAnswer select(String range, long total) {
        Matcher matcher = SINGLE_RANGE.matcher(range);
        if (!matcher.matches()) {
            return new Whole();
        }
        String suffix = matcher.group("suffix");
        if (suffix != null) {
            return slice(total - Math.min(number(suffix), total), total - 1, total);
        }
        long first = number(matcher.group("first"));
        long last = matcher.group("last").isEmpty() ? Long.MAX_VALUE : number(matcher.group("last"));
        return last < first ? new Whole() : slice(first, Math.min(last, total - 1), total);
    }

    private static DownloadAnswer slice(long first, long last, long total) {
        return first >= total ? new Unsatisfiable(total) : new Partial(first, last - first + 1, total);
    }

    /** Any number beyond a {@code long} is past the end of every archive. */
    private static long number(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
