package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Tests {

    @ParameterizedTest
    @CsvSource({
        "2030-01-01T00:00:00Z, 2030-01-01T00:00:00Z",
        "2030-01-01t00:00:00z, 2030-01-01T00:00:00Z",
        "2030-01-01T00:00:00.123456789Z, 2030-01-01T00:00:00.123456789Z",
        "2030-01-01T00:00:00.1Z, 2030-01-01T00:00:00.100Z",
        "2030-01-01T00:00:00.1234567899Z, 2030-01-01T00:00:00.123456789Z",
        "2030-01-01T00:00:00.000000000000000000000000000000000001+00:00, 2030-01-01T00:00:00Z",
        "2030-01-01T00:00:00-00:00, 2030-01-01T00:00:00Z",
        "2030-01-01T00:00:00+05:30, 2029-12-31T18:30:00Z",
        "2030-01-01T00:00:00-20:22, 2030-01-01T20:22:00Z",
        "2030-01-01T00:00:00+23:59, 2029-12-31T00:01:00Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
    })
    void aTimestampIsConvertedToUtc(String text, String utc) {
        assertThat(Rfc3339.parse(text))
                .get()
                .extracting(time -> time.toInstant().toString())
                .isEqualTo(utc);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2030-01-01",
                "2030-01-01T00:00:00",
                "2030-01-01T00:00Z",
                "2030-01-01T00:00:00+05",
                "2030-01-01T00:00:00+0530",
                "2030-01-01T00:00:00+24:00",
                "2030-01-01T00:00:00-01:60",
                "2030-01-01T00:00:00,5Z",
                "2030-01-01T00:00:00.Z",
                "2030-01-01T00:00:00.1234567890",
                "2030-01-01T00:00:000Z",
                "2030-01-01T00:00:00.123456789.0Z",
                "2030-01-01 00:00:00Z",
                " 2030-01-01T00:00:00Z",
                "2030-01-01T00:00:00Z\n",
                "2030-02-29T00:00:00Z",
                "2030-01-01T24:00:00Z",
                "2030-01-01T00:00:60Z",
                "+2030-01-01T00:00:00Z",
                "12030-01-01T00:00:00Z",
                "0000-12-31T00:00:00Z",
                "0001-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "٢٠٣٠-01-01T00:00:00Z"
            })
    void anythingElseIsNotATimestamp(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }
}
