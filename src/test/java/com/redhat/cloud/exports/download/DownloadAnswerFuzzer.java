package com.redhat.cloud.exports.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The headers Range, If-Range, If-None-Match and If-Match, a line each; an archive is as long as the input. */
public final class DownloadAnswerFuzzer {

    private static final String ETAG = "\"abc\"";

    private DownloadAnswerFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1);
        long total = 22 + input.length;
        var range = line(lines, 0);
        var ifRange = line(lines, 1);
        var ifNoneMatch = line(lines, 2);
        var ifMatch = line(lines, 3);
        switch (DownloadAnswer.decide(total, ETAG, ifMatch, ifNoneMatch, ifRange, range)) {
            case DownloadAnswer.Partial(long offset, long length, long all) -> {
                assertThat(all).isEqualTo(total);
                assertThat(offset).isBetween(0L, total - 1);
                assertThat(length).isBetween(1L, total - offset);
                assertThat(range).isNotNull();
                assertThat(ifRange == null || ifRange.contains(ETAG)).isTrue();
            }
            case DownloadAnswer.Unsatisfiable(long all) -> {
                assertThat(all).isEqualTo(total);
                assertThat(range).isNotNull();
            }
            case DownloadAnswer.PreconditionFailed() -> assertThat(ifMatch).isNotNull();
            case DownloadAnswer.NotModified() -> assertThat(ifNoneMatch).isNotNull();
            case DownloadAnswer.Whole() ->
                assertThat("bytes=0-0".equals(range) && ifRange == null).isFalse();
        }
    }

    private static @Nullable String line(String[] lines, int number) {
        return number < lines.length && !lines[number].isEmpty() ? lines[number] : null;
    }
}
