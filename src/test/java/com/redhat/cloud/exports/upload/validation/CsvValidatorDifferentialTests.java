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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Compares CsvValidator with Commons CSV. The JDK's strict decoder judges the UTF-8; NUL characters, which Commons CSV accepts,
 * are counted as faults here.
 *
 * <p>Lenient mode reads what Commons CSV reads with trailing data, by the delimiter of most fields. Strict mode refuses two
 * more things than its RFC 4180 format: a quote within an unquoted field, and whitespace after a closing quote. Where the
 * validator stops at one of these, the test checks that it is one, and that the body up to there is valid for both.
 */
class CsvValidatorDifferentialTests {

    private static final int INPUTS = 50_000;

    private static final String PIECES = """
            " " " "" , , <0a> <0d> <0d><0a> <0a><0a> a bc <20> <09> \\ ; # ," ", "<0a> "a,b" a,b<0d><0a> "c""d" abcdefgh
            | a;b ;" <09>" "; |"
            """;

    private static final CSVFormat COMMONS =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    /** In the order in which the validator prefers them. */
    private static final List<CSVFormat> DIALECTS = Stream.of(",", ";", "\t", "|")
            .map(delimiter -> COMMONS.builder()
                    .setDelimiter(delimiter)
                    .setTrailingData(true)
                    .get())
            .toList();

    private static final Pattern POSITION = Pattern.compile("byte (\\d+): (.*)");

    @Test
    void commonsCsvGivesTheSameVerdictAndCounts() {
        var mutations = new Mutations(
                4180,
                Stream.of("csv-valid.txt", "csv-ragged.txt", "csv-quotes.txt", "csv-invalid.txt")
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
        requireLenientAgreement(csv, cuts);
        Optional<String> fault = Feeding.fault(CsvValidator.strict(), csv);
        Optional<List<Integer>> fieldCounts = fieldCounts(csv);
        Supplier<String> shown = () -> Mutations.show(csv) + ": " + fault;

        assertThat(Feeding.fault(CsvValidator.strict(), csv, cuts)).as(shown).isEqualTo(fault);
        if (fault.isEmpty()) {
            assertThat(fieldCounts).as(shown).isPresent();
            assertRegular(csv, fieldCounts.get());
            return Verdict.VALID;
        }
        if (fault.get().contains(", the first has ")) {
            assertRagged(csv, fault);
            return Verdict.RAGGED;
        }
        if (fieldCounts.isPresent()) {
            assertThat(commonsIsLenientAt(csv, fault.get())).as(shown).isTrue();
            return Verdict.LENIENT;
        }
        return Verdict.INVALID;
    }

    private static void requireLenientAgreement(byte[] csv, int... cuts) {
        CsvValidator validator = CsvValidator.lenient();
        Optional<String> fault = Feeding.fault(validator, csv);
        assertThat(Feeding.fault(CsvValidator.lenient(), csv, cuts)).isEqualTo(fault);

        Supplier<String> shown = () -> Mutations.show(csv) + ": " + fault;
        Optional<String> text = Mutations.decode(csv).filter(decoded -> decoded.indexOf(0) < 0);
        if (text.isEmpty()) {
            assertThat(fault).as(shown).isPresent();
            return;
        }
        Optional<List<Integer>> counts = fieldCounts(csv, dialect(text.get()));
        assertThat(fault.isEmpty()).as(shown).isEqualTo(counts.isPresent());
        counts.ifPresent(records -> assertThat(validator.rows()).as(shown).isEqualTo(records.size()));
    }

    /** @param closed whether its quotes are */
    private record FirstRecord(CSVFormat dialect, int fields, boolean closed) {

        boolean isBetterThan(@Nullable FirstRecord other) {
            return other == null || fields > other.fields || fields == other.fields && closed && !other.closed;
        }
    }

    /** Chooses the dialect at the first line break at which the best reading has a whole record. */
    private static CSVFormat dialect(String text) {
        for (int end = 1; end <= text.length(); end++) {
            if (end < text.length() && "\r\n".indexOf(text.charAt(end - 1)) < 0) {
                continue;
            }
            FirstRecord best = null;
            for (CSVFormat dialect : DIALECTS) {
                Optional<FirstRecord> record = firstRecord(text.substring(0, end), dialect);
                if (record.isPresent() && record.get().isBetterThan(best)) {
                    best = record.get();
                }
            }
            if (best != null && (best.closed() || end == text.length())) {
                return best.dialect();
            }
        }
        return COMMONS;
    }

    private static Optional<FirstRecord> firstRecord(String text, CSVFormat dialect) {
        for (boolean closed : new boolean[] {true, false}) {
            CSVFormat format = dialect.builder().setLenientEof(!closed).get();
            try (var parser = CSVParser.parse(text, format)) {
                return parser.stream().findFirst().map(row -> new FirstRecord(dialect, row.size(), closed));
            } catch (IOException | UncheckedIOException e) {
                // A quote is open.
            }
        }
        return Optional.empty();
    }

    private static void assertRegular(byte[] csv, List<Integer> fieldCounts) {
        int odd = firstOddOne(fieldCounts);
        assertThat(odd).as(() -> Mutations.show(csv)).isEqualTo(fieldCounts.size());
        if (!fieldCounts.isEmpty()) {
            // One more record, longer than the others, makes strict mode tell its counts.
            byte[] record = ("\n" + ",".repeat(fieldCounts.getFirst())).getBytes(UTF_8);
            byte[] longer = Mutations.splice(csv, csv.length, record, csv.length);
            List<Integer> longerCounts = new ArrayList<>(fieldCounts);
            longerCounts.add(fieldCounts.getFirst() + 1);
            assertRagged(longer, Feeding.fault(CsvValidator.strict(), longer), odd, longerCounts);
        }
    }

    /** Checks the first record of another length, up to whose end the body must be valid. */
    private static void assertRagged(byte[] csv, Optional<String> fault) {
        List<Integer> counts =
                fieldCounts(Arrays.copyOf(csv, position(fault.get()))).orElseThrow();
        assertRagged(csv, fault, firstOddOne(counts), counts);
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
        int index = position(fault);
        byte[] before = Arrays.copyOf(csv, index);
        if (Feeding.fault(CsvValidator.strict(), before)
                        .filter(message -> !message.contains(", the first has "))
                        .isPresent()
                || fieldCounts(before).isEmpty()) {
            return false;
        }
        String rest = new String(csv, index, csv.length - index, UTF_8);
        char last = index == 0 ? '\n' : (char) before[index - 1];
        return rest.charAt(0) == '"'
                ? ",\"\r\n".indexOf(last) < 0
                : last == '"' && Character.isWhitespace(rest.charAt(0));
    }

    private static int position(String fault) {
        Matcher position = POSITION.matcher(fault);
        assertThat(position.find()).isTrue();
        return Integer.parseInt(position.group(1));
    }

    private static Optional<List<Integer>> fieldCounts(byte[] csv) {
        return fieldCounts(csv, COMMONS);
    }

    /** Returns the lengths of the records, or nothing if the body is refused. */
    private static Optional<List<Integer>> fieldCounts(byte[] csv, CSVFormat format) {
        Optional<String> text = Mutations.decode(csv);
        if (text.isEmpty() || text.get().indexOf(0) >= 0) {
            return Optional.empty();
        }
        List<Integer> counts = new ArrayList<>();
        try (var parser = CSVParser.parse(text.get(), format)) {
            for (CSVRecord row : parser) {
                counts.add(row.size());
            }
            return Optional.of(counts);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
