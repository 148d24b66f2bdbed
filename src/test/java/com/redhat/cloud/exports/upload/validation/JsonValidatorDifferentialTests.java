package com.redhat.cloud.exports.upload.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares JsonValidator with Jackson, whose default factory accepts exactly RFC 8259 when it reads characters. Given bytes it
 * also guesses UTF-16 and UTF-32, skips a byte order mark, and accepts some invalid UTF-8. So the JDK's strict decoder decodes
 * for it.
 */
class JsonValidatorDifferentialTests {

    private static final int INPUTS = 50_000;
    private static final int MAX_DEPTH = 16;

    private static final String PIECES = """
            " " \\ \\ \\u \\u12aF \\ud83d \\n { } [ ] : , 0 1 9 - + . e E true false null t u <20> <09> <0d><0a> <0a> / '
            {"a": [[ "abcdefgh" {} []
            """;

    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    @Test
    void jacksonGivesTheSameVerdict() throws IOException {
        var mutations = new Mutations(
                8259,
                Stream.of("json-valid.txt", "json-valid.txt", "json-invalid.txt")
                        .flatMap(file -> ContentCase.read(file).stream())
                        .map(ContentCase::body)
                        .toList(),
                PIECES);
        int valid = 0;
        for (int n = 0; n < INPUTS; n++) {
            byte[] json = mutations.next();
            valid += requireAgreement(json, mutations.cuts(json)) ? 1 : 0;
        }
        System.out.printf("JSON: %,d inputs, %,d of them valid%n", INPUTS, valid);
        assertThat(valid).isBetween(INPUTS / 5, INPUTS - INPUTS / 5);
    }

    /**
     * @param cuts where the checker gets the body in pieces
     * @return whether it is valid
     */
    static boolean requireAgreement(byte[] json, int... cuts) throws IOException {
        Optional<String> fault = Feeding.fault(new JsonValidator(MAX_DEPTH), json);
        boolean expected = isValid(json);
        assertThat(fault.isEmpty())
                .as(() -> Mutations.show(json) + ": " + fault)
                .isEqualTo(expected);
        assertThat(Feeding.fault(new JsonValidator(MAX_DEPTH), json, cuts))
                .as(() -> Mutations.show(json))
                .isEqualTo(fault);
        return expected;
    }

    private static boolean isValid(byte[] json) throws IOException {
        Optional<String> text = Mutations.decode(json);
        return text.isPresent() && isOneValue(text.get());
    }

    private static boolean isOneValue(String text) throws IOException {
        int values = 0;
        try (JsonParser parser = JACKSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean endsValue = token.isScalarValue() || token.isStructEnd();
                values += endsValue && parser.getParsingContext().inRoot() ? 1 : 0;
            }
            return values == 1;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
