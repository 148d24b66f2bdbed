package com.redhat.cloud.exports.upload.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/**
 * CsvValidator against Commons CSV, whose RFC 4180 format without blank lines reads the same language but for three things.
 * It takes NUL characters, which this test counts as a fault. And it takes a quote within an unquoted field, and
 * whitespace between a closing quote and the next separator: where the checker stops at one of these, the test looks at
 * the body itself to see that it really is one, and that the body up to there is fine for both. The JDK's strict decoder
 * judges the UTF-8.
 */
class CsvValidatorDifferentialTests {

    private static final int INPUTS = 50_000;

    private static final String PIECES = """
            " " " "" , , <0a> <0d> <0d><0a> <0a><0a> a bc <20> <09> \\ ; # ," ", "<0a> "a,b" a,b<0d><0a> "c""d" abcdefgh
            """;

    private static final CSVFormat COMMONS =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    private static final Pattern POSITION = Pattern.compile("byte (\\d+): (.*)");

    @Test
    void commonsCsvGivesTheSameVerdictAndCounts() {
        var mutations = new Mutations(
                4180,
                Stream.of("csv-valid.txt", "csv-ragged.txt", "csv-invalid.txt")
                        .flatMap(file -> ContentCase.read(file).stream())
                        .map(ContentCase::body)
                        .toList(),
                PIECES);
        int valid = 0;
        int lenient = 0;
        int ragged = 0;
        for (int n = 0; n < INPUTS; n++) {
            byte[] csv = mutations.next();
            Verdict verdict = requireAgreement(csv, mutations.cuts(csv));
            valid += verdict == Verdict.VALID || verdict == Verdict.RAGGED ? 1 : 0;
            ragged += verdict == Verdict.RAGGED ? 1 : 0;
            lenient += verdict == Verdict.LENIENT ? 1 : 0;
        }
        System.out.printf(
                "CSV: %,d inputs, %,d of them valid, %,d of these ragged, %,d left to Commons CSV's leniency%n",
                INPUTS, valid, ragged, lenient);
        assertThat(valid).isBetween(INPUTS / 5, INPUTS - INPUTS / 5);
        assertThat(ragged).isGreaterThan(INPUTS / 50);
        assertThat(lenient).isLessThan(INPUTS / 4);
    }

    enum Verdict {
        VALID,
        /** Valid, but not in strict mode. */
        RAGGED,
        INVALID,
        /** Invalid, and Commons CSV takes it. */
        LENIENT
    }

    /** @param cuts where the checker gets the body in pieces */
    static Verdict requireAgreement(byte[] csv, int... cuts) {
        Optional<String> fault = Feeding.fault(new CsvValidator(false), csv);
        Optional<List<Integer>> fieldCounts = fieldCounts(csv);
        Supplier<String> shown = () -> Mutations.show(csv) + ": " + fault;

        assertThat(Feeding.fault(new CsvValidator(false), csv, cuts)).as(shown).isEqualTo(fault);
        if (fault.isEmpty()) {
            assertThat(fieldCounts).as(shown).isPresent();
            return assertStrictVerdict(csv, fieldCounts.get()) ? Verdict.VALID : Verdict.RAGGED;
        }
        if (fieldCounts.isPresent()) {
            assertThat(commonsIsLenientAt(csv, fault.get())).as(shown).isTrue();
            return Verdict.LENIENT;
        }
        return Verdict.INVALID;
    }

    /** Whether the records are all as long as the first, and that strict mode says the same. */
    private static boolean assertStrictVerdict(byte[] csv, List<Integer> fieldCounts) {
        Optional<String> fault = Feeding.fault(new CsvValidator(true), csv);
        int odd = firstOddOne(fieldCounts);
        if (odd < fieldCounts.size()) {
            assertRagged(csv, fault, odd, fieldCounts);
            return false;
        }
        assertThat(fault).as(() -> Mutations.show(csv)).isEmpty();

        if (!fieldCounts.isEmpty()) {
            // One more record, longer than the others, makes strict mode tell its counts.
            byte[] record = ("\n" + ",".repeat(fieldCounts.getFirst())).getBytes(UTF_8);
            byte[] longer = Mutations.splice(csv, csv.length, record, csv.length);
            List<Integer> longerCounts = new ArrayList<>(fieldCounts);
            longerCounts.add(fieldCounts.getFirst() + 1);
            assertRagged(longer, Feeding.fault(new CsvValidator(true), longer), odd, longerCounts);
        }
        return true;
    }

    private static int firstOddOne(List<Integer> fieldCounts) {
        int i = 0;
        while (i < fieldCounts.size() && fieldCounts.get(i).equals(fieldCounts.getFirst())) {
            i++;
        }
        return i;
    }

    private static void assertRagged(byte[] csv, Optional<String> fault, int odd, List<Integer> fieldCounts) {
        assertThat(fault)
                .as(() -> Mutations.show(csv))
                .hasValueSatisfying(message -> assertThat(message)
                        .endsWith("record %d has %d fields, the first has %d"
                                .formatted(odd + 1, fieldCounts.get(odd), fieldCounts.getFirst())));
    }

    /** Whether the fault is a quote within an unquoted field or whitespace behind a quoted one, and the first fault. */
    private static boolean commonsIsLenientAt(byte[] csv, String fault) {
        Matcher position = POSITION.matcher(fault);
        assertThat(position.find()).isTrue();
        int index = Integer.parseInt(position.group(1));
        byte[] before = Arrays.copyOf(csv, index);
        if (Feeding.fault(new CsvValidator(false), before).isPresent()
                || fieldCounts(before).isEmpty()) {
            return false;
        }
        String rest = new String(csv, index, csv.length - index, UTF_8);
        char last = index == 0 ? '\n' : (char) before[index - 1];
        return rest.charAt(0) == '"'
                ? ",\"\r\n".indexOf(last) < 0
                : last == '"' && Character.isWhitespace(rest.charAt(0));
    }

    /** The lengths of the records, or nothing if the body is refused. */
    private static Optional<List<Integer>> fieldCounts(byte[] csv) {
        Optional<String> text = Mutations.decode(csv);
        if (text.isEmpty() || text.get().indexOf(0) >= 0) {
            return Optional.empty();
        }
        List<Integer> counts = new ArrayList<>();
        try (var parser = CSVParser.parse(text.get(), COMMONS)) {
            for (CSVRecord row : parser) {
                counts.add(row.size());
            }
            return Optional.of(counts);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
