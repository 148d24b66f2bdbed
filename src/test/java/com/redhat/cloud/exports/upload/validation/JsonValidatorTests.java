package com.redhat.cloud.exports.upload.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonValidatorTests {

    private static final int MAX_DEPTH = 16;

    static List<ContentCase> valid() {
        return ContentCase.read("json-valid.txt");
    }

    static List<ContentCase> invalid() {
        return ContentCase.read("json-invalid.txt");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validJsonIsAcceptedHoweverItIsCut(ContentCase json) {
        assertThat(fault(json.body())).isEmpty();
        assertThat(fault(json.body(), Feeding.eachByte(json.body()))).isEmpty();
        for (int cut = 0; cut <= json.body().length; cut++) {
            assertThat(fault(json.body(), cut)).as("cut at %d", cut).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidJsonIsRefusedWhereTheFaultIsHoweverItIsCut(ContentCase json) {
        Optional<String> fault = fault(json.body());

        assertThat(fault).hasValueSatisfying(message -> assertThat(message).contains(json.position()));
        assertThat(fault(json.body(), Feeding.eachByte(json.body()))).isEqualTo(fault);
        for (int cut = 0; cut <= json.body().length; cut++) {
            assertThat(fault(json.body(), cut)).as("cut at %d", cut).isEqualTo(fault);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                | line 1, byte 0: expected a value but the text ends",
                "{\"a\":1 \"b\":2} | line 1, byte 7: expected ',' or '}' but found '\"'",
                "{\"a\":1]         | line 1, byte 6: expected ',' or '}' but found ']'",
                "[1 2]             | line 1, byte 3: expected ',' or ']' but found '2'",
                "[1                | line 1, byte 2: expected ',' or ']' but the text ends",
                "[x                | line 1, byte 1: expected a value or ']' but found 'x'",
                "{} []             | line 1, byte 3: expected the end of the text but found '['",
                "{1:2}             | line 1, byte 1: expected a name in quotes or '}' but found '1'",
                "{\"a\":1,}        | line 1, byte 7: expected a name in quotes but found '}'",
                "{\"a\" 1}         | line 1, byte 5: expected ':' but found '1'",
                "\"\\x\"           | line 1, byte 2: expected one of \"\\/bfnrtu but found 'x'",
                "\"\\u00g0\"       | line 1, byte 5: expected a hexadecimal digit but found 'g'",
                "\"abc             | line 1, byte 4: expected '\"' but the text ends",
                "1.e5              | line 1, byte 2: expected a digit but found 'e'",
                "[1ex]             | line 1, byte 3: expected a digit, '+' or '-' but found 'x'",
                "nul               | line 1, byte 3: expected 'null' but the text ends",
                "[é]               | line 1, byte 1: expected a value or ']' but found 0xc3",
            })
    void theMessageSaysWhatWasExpectedAndFound(String json, String message) {
        assertThat(fault(json.getBytes(UTF_8))).hasValue("invalid JSON at " + message);
    }

    @Test
    void theMessageCountsLinesAndBytes() {
        assertThat(fault("{\n  \"a\": 1,\r\n  \"é\": x\n}".getBytes(UTF_8)))
                .hasValue("invalid JSON at line 3, byte 21: expected a value but found 'x'");
    }

    @Test
    void aControlCharacterIsShownInHexadecimal() {
        assertThat(fault("[\"a\tb\"]".getBytes(UTF_8)))
                .hasValue(
                        "invalid JSON at line 1, byte 3:" + " the control character 0x09 must be escaped in a string");
        assertThat(fault("[\u007f]".getBytes(UTF_8)))
                .hasValue("invalid JSON at line 1, byte 1: expected a value or ']' but found 0x7f");
    }

    @Test
    void whatIsNotUtf8IsNamed() {
        assertThat(fault(new byte[] {'"', (byte) 0xff, '"'}))
                .hasValue("invalid JSON at line 1, byte 1: invalid UTF-8: found 0xff at the start of a character");
        assertThat(fault(new byte[] {'"', (byte) 0xc3, '"'}))
                .hasValue("invalid JSON at line 1, byte 2: invalid UTF-8: found '\"' within a character");
        assertThat(fault(new byte[] {'"', (byte) 0xc3}))
                .hasValue("invalid JSON at line 1, byte 2: the text ends within a UTF-8 character");
    }

    @Test
    void theDepthIsLimited() {
        assertThat(Feeding.fault(new JsonValidator(1000), nested(1000))).isEmpty();
        assertThat(Feeding.fault(new JsonValidator(1000), nested(1001)))
                .hasValue("invalid JSON at line 1, byte 1000: nested deeper than 1000 levels");
        assertThat(Feeding.fault(new JsonValidator(0), "1".getBytes(UTF_8))).isEmpty();
        assertThat(Feeding.fault(new JsonValidator(1_000_000), nested(1_000_000)))
                .isEmpty();
    }

    @Test
    void everyByteIsJudgedAtEveryIndexOfAString() {
        for (int b = 0; b < 256; b++) {
            boolean fits = b >= ' ' && b < 0x80 && b != '"' && b != '\\';
            for (int index = 1; index < 24; index++) {
                byte[] json = ("\"" + "x".repeat(24) + "\"").getBytes(UTF_8);
                json[index] = (byte) b;
                assertThat(fault(json).isEmpty()).as("0x%02x at %d", b, index).isEqualTo(fits);
            }
        }
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
    }

    private static Optional<String> fault(byte[] json, int... cuts) {
        return Feeding.fault(new JsonValidator(MAX_DEPTH), json, cuts);
    }
}
