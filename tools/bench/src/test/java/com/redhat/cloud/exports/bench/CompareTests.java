package com.redhat.cloud.exports.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What two results of the benchmark are said to show. */
class CompareTests {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "rate, 100 101 102, 120 121 122, better",
        "rate, 120 121 122, 100 101 102, worse",
        "cost, 100 101 102, 120 121 122, worse",
        "cost, 120 121 122, 100 101 102, better",
        "a run within the runs of the other, 100 150 160, 160 210 220, ''",
        "medians that are near, 100 101 102, 110 111 112, ''",
        "one run, 100, 200, ''",
        "nothing was measured, NaN, 200 201 202, ''"
    })
    void onlyWhatIsFarApartInEveryRunIsBetterOrWorse(String figure, String before, String after, String verdict) {
        assertThat(Compare.verdict(row(figure, before), row(figure, after))).isEqualTo(verdict);
    }

    @Test
    void whatOnlyOneResultHasIsNamedAndSoIsWhatFailed() {
        var before = report(List.of(row("rate", "1"), row("cost", "1")), List.of("upload-csv: no space left"));
        var after =
                report(List.of(row("rate", "1"), Row.of("status", List.of(Measure.rate("rate", "/s", 1)))), List.of());
        assertThat(Compare.table(before, after))
                .contains("only in A: create, cost", "only in B: status", "FAILED in A: upload-csv: no space left")
                .doesNotContain("only in B: create");
    }

    @Test
    void aResultIsReadAsItWasKept() throws IOException {
        var report = report(List.of(row("rate", "1 2 3")), List.of());
        assertThat(Report.read(report.write(directory))).isEqualTo(report);
    }

    @Test
    void aResultOfBeforeVersionsWereKeptIsRead() throws IOException {
        assertThat(read("{\"started\":\"\",\"machine\":\"\",\"s3\":\"\",\"rows\":[],\"failures\":[]}")
                        .commit())
                .isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"started\"", "{\"name\":\"export\"}", "no JSON"})
    void whatIsNoResultIsSaidToBeNone(String text) {
        assertThatIOException()
                .isThrownBy(() -> read(text))
                .withMessageEndingWith("result.json is no result of make bench");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> Report.read(directory.resolve("none.json")))
                .withMessageContaining("none.json");
    }

    private Report read(String text) throws IOException {
        return Report.read(Files.writeString(directory.resolve("result.json"), text));
    }

    private static Report report(List<Row> rows, List<String> failures) {
        return new Report("2026-01-01T00:00:00Z", "1a2b3c4", "2 cores", "versitygw", rows, failures);
    }

    /** @param runs their values */
    private static Row row(String figure, String runs) {
        return Row.of(
                "create",
                Stream.of(runs.split(" "))
                        .map(Double::valueOf)
                        .map(value -> figure.startsWith("cost")
                                ? Measure.cost(figure, "ms", value)
                                : Measure.rate(figure, "/s", value))
                        .toList());
    }
}
