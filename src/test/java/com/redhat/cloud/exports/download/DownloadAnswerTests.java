package com.redhat.cloud.exports.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.download.DownloadAnswer.NotModified;
import com.redhat.cloud.exports.download.DownloadAnswer.Partial;
import com.redhat.cloud.exports.download.DownloadAnswer.PreconditionFailed;
import com.redhat.cloud.exports.download.DownloadAnswer.Unsatisfiable;
import com.redhat.cloud.exports.download.DownloadAnswer.Whole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadAnswerTests {

    private static final String ETAG = "\"v1\"";

    @Test
    void withoutConditionsEverythingIsSent() {
        assertThat(decide(null, null, null)).isEqualTo(new Whole());
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-99, 0, 100",
        "bytes=10-19, 10, 10",
        "bytes=99-99, 99, 1",
        "bytes=99-100, 99, 1",
        "bytes=0-, 0, 100",
        "bytes=99-, 99, 1",
        "bytes=-1, 99, 1",
        "bytes=-100, 0, 100",
        "bytes=-101, 0, 100",
        "bytes=5-9223372036854775807, 5, 95",
        "bytes=5-99999999999999999999999999, 5, 95",
        "bytes=-99999999999999999999999999, 0, 100",
        "bytes=00000000000000000000000000007-8, 7, 2",
        "BYTES=1-2, 1, 2",
        "' bytes=1-2 ', 1, 2",
    })
    void aRangeIsCutAtTheEnd(String range, long offset, long length) {
        assertThat(decide(range, null, null)).isEqualTo(new Partial(offset, length, 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=100-",
                "bytes=100-200",
                "bytes=-0",
                "bytes=9223372036854775807-",
                "bytes=99999999999999999999999999-",
                "bytes=99999999999999999999999998-99999999999999999999999999",
            })
    void aRangeBeyondTheEndCannotBeSatisfied(String range) {
        assertThat(decide(range, null, null)).isEqualTo(new Unsatisfiable(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=1",
                "bytes=--1",
                "bytes=1-2-3",
                "bytes=+1-2",
                "bytes=5-4",
                "bytes 1-2",
                "bytes=1 - 2",
                "bytes=0-1,3-4",
                "bytes=0-1,",
                "bytes=٣-٤",
                "items=0-1",
                "0-1",
            })
    void anythingButOneByteRangeIsIgnored(String range) {
        assertThat(decide(range, null, null)).isEqualTo(new Whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=-1"})
    void anEmptyArchiveHasNoRanges(String range) {
        assertThat(DownloadAnswer.decide(0, ETAG, null, null, null, range)).isEqualTo(new Unsatisfiable(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v1\"", " \"v1\" "})
    void aRangeOfTheSameVersionIsSent(String ifRange) {
        assertThat(decide("bytes=1-2", ifRange, null)).isEqualTo(new Partial(1, 2, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v2\"", "W/\"v1\"", "v1", "", "Thu, 12 Sep 2024 12:27:59 GMT"})
    void aRangeOfAnotherVersionIsIgnored(String ifRange) {
        assertThat(decide("bytes=1-2", ifRange, null)).isEqualTo(new Whole());
        assertThat(decide("bytes=100-", ifRange, null)).isEqualTo(new Whole());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"v1\"", "W/\"v1\"", "*", " * ", "\"a\", \"v1\"", "\"a\",W/\"v1\"", "\"a,b\", \"v1\" , \"c\""})
    void anArchiveThatTheClientHasIsNotSentAgain(String ifNoneMatch) {
        assertThat(decide(null, null, ifNoneMatch)).isEqualTo(new NotModified());
        assertThat(decide("bytes=100-", "\"v2\"", ifNoneMatch)).isEqualTo(new NotModified());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "\"v2\"", "\"V1\"", "\"v1", "\"v2\", \"v3\"", "\"*\"", "\"x,v1\""})
    void anArchiveThatTheClientLacksIsSent(String ifNoneMatch) {
        assertThat(decide(null, null, ifNoneMatch)).isEqualTo(new Whole());
        assertThat(decide("bytes=1-2", null, ifNoneMatch)).isEqualTo(new Partial(1, 2, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v1\"", "*", " * ", "\"a\", \"v1\"", "W/\"v1\",\"v1\"", "\"a,b\", \"v1\" , \"c\""})
    void anArchiveThatMatchesIsSent(String ifMatch) {
        assertThat(DownloadAnswer.decide(100, ETAG, ifMatch, null, null, null)).isEqualTo(new Whole());
        assertThat(DownloadAnswer.decide(100, ETAG, ifMatch, null, null, "bytes=1-2"))
                .isEqualTo(new Partial(1, 2, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "\"v2\"", "W/\"v1\"", "\"V1\"", "\"v1", "\"v2\", \"v3\"", "\"*\"", "\"x,v1\""})
    void anArchiveThatDoesNotMatchIsNotSent(String ifMatch) {
        assertThat(DownloadAnswer.decide(100, ETAG, ifMatch, null, null, null)).isEqualTo(new PreconditionFailed());
        assertThat(DownloadAnswer.decide(100, ETAG, ifMatch, "\"v1\"", "\"v1\"", "bytes=1-2"))
                .isEqualTo(new PreconditionFailed());
    }

    /** The order of RFC 9110 section 13.2.2. */
    @Test
    void ifMatchComesFirstThenIfNoneMatchThenTheRange() {
        assertThat(DownloadAnswer.decide(100, ETAG, ETAG, ETAG, ETAG, "bytes=100-"))
                .isEqualTo(new NotModified());
        assertThat(DownloadAnswer.decide(100, ETAG, ETAG, "\"v2\"", ETAG, "bytes=100-"))
                .isEqualTo(new Unsatisfiable(100));
        assertThat(DownloadAnswer.decide(100, ETAG, ETAG, "\"v2\"", "\"v2\"", "bytes=100-"))
                .isEqualTo(new Whole());
    }

    @Test
    void contentRangeHasTheRangeAndTheTotal() {
        assertThat(new Partial(1, 2, 100).contentRange()).isEqualTo("bytes 1-2/100");
        assertThat(new Unsatisfiable(100).contentRange()).isEqualTo("bytes */100");
    }

    private static DownloadAnswer decide(
            @Nullable String range, @Nullable String ifRange, @Nullable String ifNoneMatch) {
        return DownloadAnswer.decide(100, ETAG, null, ifNoneMatch, ifRange, range);
    }
}
