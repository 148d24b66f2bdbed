package com.redhat.cloud.exports.export;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses timestamps by RFC 3339 section 5.6: date, time with seconds, and zone. */
final class Rfc3339 {

    /**
     * {@link OffsetDateTime#parse} alone also accepts a time without seconds, a zone without minutes and a year of six
     * digits; and it refuses zones beyond 18 hours, where RFC 3339 goes up to 23:59.
     */
    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2})(?:\\.(?<fraction>\\d+))?"
                    + "(?:[Zz]|(?<zone>[+-](?<hours>[01]\\d|2[0-3]):(?<minutes>[0-5]\\d)))");

    private Rfc3339() {}

    /**
     * @return the time in UTC, cut to nanoseconds; empty when the text is not a timestamp, or when its year in UTC does not
     *     have four digits or is 0, which PostgreSQL does not have
     */
    static Optional<OffsetDateTime> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = LocalDateTime.parse(form.group(1))
                    .withNano(nanoseconds(form.group("fraction")))
                    .minusMinutes(minutesEastOfUtc(form))
                    .atOffset(ZoneOffset.UTC);
            return Optional.of(time).filter(utc -> utc.getYear() >= 1 && utc.getYear() <= 9999);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Cuts a fraction of a second, of any number of digits. */
    private static int nanoseconds(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    private static int minutesEastOfUtc(Matcher form) {
        if (form.group("zone") == null) {
            return 0;
        }
        int minutes = 60 * Integer.parseInt(form.group("hours")) + Integer.parseInt(form.group("minutes"));
        return form.group("zone").startsWith("-") ? -minutes : minutes;
    }
}
