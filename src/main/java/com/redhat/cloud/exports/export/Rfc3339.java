package com.redhat.cloud.exports.export;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Timestamps as callers write them: RFC 3339 section 5.6, date, time with seconds, and zone. */
final class Rfc3339 {

    /** {@link OffsetDateTime#parse} alone also takes a time without seconds, a zone without minutes, a year of six digits. */
    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private Rfc3339() {}

    /**
     * @return the time in UTC; empty when the text is none, or when its year in UTC has not four digits or is the year
     *     0, which PostgreSQL does not have
     */
    static Optional<OffsetDateTime> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            return Optional.of(time).filter(utc -> utc.getYear() >= 1 && utc.getYear() <= 9999);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
