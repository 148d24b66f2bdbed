package com.redhat.cloud.exports.upload.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvValidatorTests {

    static List<ContentCase> valid() {
        return ContentCase.read("csv-valid.txt");
    }

    static List<ContentCase> invalid() {
        return ContentCase.read("csv-invalid.txt");
    }

    static List<ContentCase> quotes() {
        return ContentCase.read("csv-quotes.txt");
    }

    static List<ContentCase> ragged() {
        return ContentCase.read("csv-ragged.txt");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validCsvIsAcceptedHoweverItIsCut(ContentCase csv) {
        assertVerdict(csv, false, Optional.empty());
        assertVerdict(csv, true, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidCsvIsRefusedWhereTheFaultIsHoweverItIsCut(ContentCase csv) {
        for (boolean strict : new boolean[] {false, true}) {
            Optional<String> fault = fault(csv.body(), strict);
            assertThat(fault).hasValueSatisfying(message -> assertThat(message).contains(csv.position()));
            assertVerdict(csv, strict, fault);
        }
    }

    @ParameterizedTest
    @MethodSource({"quotes", "ragged"})
    void strictModeRefusesMore(ContentCase csv) {
        Optional<String> fault = fault(csv.body(), true);

        assertThat(fault).hasValueSatisfying(message -> assertThat(message).contains(csv.position()));
        assertVerdict(csv, true, fault);
        assertVerdict(csv, false, Optional.empty());
    }

    @Test
    void theMessageNamesTheLineOfAnOpenQuote() {
        assertThat(fault("a,b\r\nc,\"d\r\ne,f\r\n".getBytes(UTF_8), false))
                .hasValue("invalid CSV at line 4, byte 16: the quote opened at line 2 is never closed");
    }

    @Test
    void theMessageShowsTheQuoteThatIsOutOfPlace() {
        assertThat(fault("a,b\nc,5\"\n".getBytes(UTF_8), true))
                .hasValue("invalid CSV at line 2, byte 7: found '\"' within a field that does not begin with it");
    }

    @Test
    void theMessageShowsOneByteOfTheTextBehindAQuotedField() {
        assertThat(fault("\"a\"secret".getBytes(UTF_8), true))
                .hasValue("invalid CSV at line 1, byte 3:"
                        + " expected ',' or the end of the line after a quoted field but found 's'");
        assertThat(fault("\"a\"\t".getBytes(UTF_8), true))
                .hasValue("invalid CSV at line 1, byte 3:"
                        + " expected ',' or the end of the line after a quoted field but found 0x09");
    }

    @Test
    void theMessageNamesNulAndWhatIsNotUtf8() {
        assertThat(fault(new byte[] {'a', '\n', 0}, false))
                .hasValue("invalid CSV at line 2, byte 2: found the NUL character");
        assertThat(fault(new byte[] {'a', (byte) 0xe9, ','}, false))
                .hasValue("invalid CSV at line 1, byte 2: invalid UTF-8: found ',' within a character");
    }

    @Test
    void theMessageCountsTheFieldsOfTheRecord() {
        assertThat(fault("a,b,c\n\"d\ne\",f\n".getBytes(UTF_8), true))
                .hasValue("invalid CSV at line 3, byte 13: record 2 has 2 fields, the first has 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\n\"c\"\n", "\r\na\r\rb\r\n\r\n\"c\"\n"})
    void blankLinesAreNotCounted(String csv) {
        assertThat(fault((csv + ",").getBytes(UTF_8), true))
                .hasValueSatisfying(message -> assertThat(message).endsWith("record 4 has 2 fields, the first has 1"));
    }

    /** The delimiter that the first record shows, and what that makes of quotes and records. */
    static List<Arguments> dialects() {
        return List.of(
                arguments("", null, 0),
                arguments("\r\n\n", null, 0),
                arguments("a", ",", 1),
                arguments("a,b;c\n", ",", 1),
                arguments("a;b,c;d\n1,5;2;3\n", ";", 2),
                arguments("id\tname, first\tage\n1\t\"a\nb\"\t9\n", "\t", 2),
                arguments("id|name\r\n\r\n1|\"a|\r\nb\"\r\n", "|", 2),
                // as Excel writes it where the comma is a decimal point
                arguments("\ufeff1;\"a;\"\"b\"\"\"\r\n2,5;c\r\n", ";", 2),
                arguments("sep=;\r\na;b\r\n", ";", 2),
                // a delimiter within quotes separates nothing, a quote within a field opens nothing
                arguments("\"a;b;c\",d\n", ",", 1),
                arguments("x,a|b,\"c\nd\";12\",e\n", ",", 1),
                arguments("12\" rack;b\n5\";c\n", ";", 2),
                arguments("\"a\"b\"c\n\"d\"\n", ",", 2),
                // with as many fields, a reading in which every quote is closed
                arguments("a;\"b,c\n", ",", 1),
                arguments("a;\"b\nc\";d\n", ";", 1),
                arguments("a\n1;\"b\nc\"\n", ",", 3));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void theFirstRecordShowsTheDelimiter(String csv, @Nullable String delimiter, int records) {
        byte[] body = csv.getBytes(UTF_8);
        for (int cut = 0; cut <= body.length; cut++) {
            CsvValidator validator = CsvValidator.lenient();
            assertThat(Feeding.fault(validator, body, cut)).isEmpty();
            assertThat(validator.rows()).isEqualTo(records);
            if (delimiter != null) {
                assertThat(validator.delimiter()).isEqualTo(delimiter);
            }
        }
    }

    @Test
    void anOpenQuoteIsAFaultInEveryDialect() {
        assertThat(fault("a;b;c\n1;2;\"3\n".getBytes(UTF_8), false))
                .hasValue("invalid CSV at line 3, byte 13: the quote opened at line 2 is never closed");
        assertThat(fault("1;2;\"3\n4".getBytes(UTF_8), false))
                .hasValue("invalid CSV at line 2, byte 8: the quote opened at line 1 is never closed");
    }

    private static void assertVerdict(ContentCase csv, boolean strict, Optional<String> fault) {
        assertThat(fault(csv.body(), strict)).isEqualTo(fault);
        assertThat(fault(csv.body(), strict, Feeding.eachByte(csv.body()))).isEqualTo(fault);
        for (int cut = 0; cut <= csv.body().length; cut++) {
            assertThat(fault(csv.body(), strict, cut)).as("cut at %d", cut).isEqualTo(fault);
        }
    }

    private static Optional<String> fault(byte[] csv, boolean strict, int... cuts) {
        return Feeding.fault(strict ? CsvValidator.strict() : CsvValidator.lenient(), csv, cuts);
    }
}
