package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimesTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.000001Z");

    private final Lifetimes lifetimes = new Lifetimes(Duration.ofDays(7), Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T00:00:00Z,           2026-03-01T13:00:00.000001Z",
        "2026-03-01T12:00:00Z,           2026-03-01T13:00:00.000001Z",
        "2026-03-01T12:00:00.000001Z,    2026-03-01T13:00:00.000001Z",
        "2026-03-01T12:00:00.000001999Z, 2026-03-01T13:00:00.000001Z",
        "2026-03-01T12:00:00.000002Z,    2026-03-01T12:00:00.000002Z",
        "2026-03-01T12:30:00Z,           2026-03-01T12:30:00Z",
        "2026-03-01T12:30:00.123456789Z, 2026-03-01T12:30:00.123456Z",
        "9999-12-31T23:59:59Z,           9999-12-31T23:59:59Z"
    })
    void aFutureTimeHoldsAndAPastOneIsPutOff(Instant asked, Instant expires) {
        assertThat(lifetimes.ofExport(asked, NOW)).isEqualTo(expires);
        assertThat(lifetimes.ofSource(asked, NOW, Instant.MAX)).isEqualTo(expires);
    }

    @Test
    void withoutATimeAnExportLivesForTheConfiguredDays() {
        assertThat(lifetimes.ofExport(null, NOW)).isEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void aSourceExpiresWithItsExportUnlessEarlier() {
        Instant export = NOW.plus(Duration.ofMinutes(30));
        assertThat(lifetimes.ofSource(null, NOW, export)).isNull();
        assertThat(lifetimes.ofSource(export.minusNanos(1000), NOW, export)).isEqualTo(export.minusNanos(1000));
        assertThat(lifetimes.ofSource(export, NOW, export)).isNull();
        assertThat(lifetimes.ofSource(export.plusSeconds(1), NOW, export)).isNull();
        assertThat(lifetimes.ofSource(NOW.minusSeconds(1), NOW, export))
                .as("put off to later than the export")
                .isNull();
    }
}
