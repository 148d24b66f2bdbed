package com.redhat.cloud.exports.upload.validation;

import org.jspecify.annotations.Nullable;

/**
 * Validates CSV. Lines end in CRLF, LF or CR; the last one may have no end. A field that begins with a quote ends with one,
 * unless that is doubled. An unclosed quote is a fault, and so is the NUL character, on which readers disagree.
 *
 * <p>Lenient validation accepts all else, as readers do: quotes within unquoted fields are text, and so is what follows a
 * closing quote. Fields are separated by comma, semicolon, tab or bar, whichever divides the first record into the most
 * fields. Strict validation is RFC 4180: commas, fields that are quoted as a whole or not at all, and as many fields in each
 * record as in the first.
 *
 * <p>An empty body is valid: an export may have no rows. Blank lines are not records.
 */
public final class CsvValidator extends Utf8Validator {

    private enum State {
        RECORD_START,
        FIELD_START,
        UNQUOTED,
        QUOTED,
        AFTER_QUOTE
    }

    private final boolean strict;

    private State state = State.RECORD_START;

    /** 0 until the first record is complete. */
    private char delimiter;

    private FirstRecord[] readings;

    /** The last byte was a carriage return: a line feed now belongs to the same line break. */
    private boolean afterCarriageReturn;

    private long quoteLine;

    private long records;
    private long delimiters;
    private long fieldsOfFirst;

    private CsvValidator(boolean strict) {
        super("CSV");
        this.strict = strict;
        this.delimiter = strict ? ',' : 0;
        this.readings = strict
                ? new FirstRecord[0]
                : new FirstRecord[] {
                    new FirstRecord(','), new FirstRecord(';'), new FirstRecord('\t'), new FirstRecord('|')
                };
    }

    public static CsvValidator lenient() {
        return new CsvValidator(false);
    }

    /** Creates a validator after RFC 4180. */
    public static CsvValidator strict() {
        return new CsvValidator(true);
    }

    /** The first record as read with one of the possible delimiters. */
    private static final class FirstRecord {

        private final char delimiter;
        private State state = State.RECORD_START;
        private boolean complete;
        private int delimiters;

        /** Lines so far, and among them that of the open quote. */
        private long quoteLine;

        FirstRecord(char delimiter) {
            this.delimiter = delimiter;
        }

        void read(byte b, long line) {
            if (complete) {
                return;
            }
            switch (b) {
                case '"' -> quote(line);
                case '\r', '\n' -> endLine();
                default -> {
                    if (state != State.QUOTED) {
                        boolean delimits = b == delimiter;
                        delimiters += delimits ? 1 : 0;
                        state = delimits ? State.FIELD_START : State.UNQUOTED;
                    }
                }
            }
        }

        private void quote(long line) {
            state = switch (state) {
                case RECORD_START, FIELD_START -> {
                    quoteLine = line;
                    yield State.QUOTED;
                }
                case QUOTED -> State.AFTER_QUOTE;
                case AFTER_QUOTE -> State.QUOTED;
                case UNQUOTED -> State.UNQUOTED;
            };
        }

        private void endLine() {
            if (state != State.QUOTED && state != State.RECORD_START) {
                complete = true;
                state = State.RECORD_START;
            }
        }

        /** With as many fields, a reading without an open quote is better. */
        boolean isBetterThan(FirstRecord other) {
            return delimiters > other.delimiters
                    || delimiters == other.delimiters && state != State.QUOTED && other.state == State.QUOTED;
        }
    }

    @Override
    void check(byte[] block, int from, int end) throws InvalidContentException {
        int i = delimiter == 0 ? checkFirstRecord(block, from, end) : from;
        while (i < end) {
            if (afterCarriageReturn) {
                afterCarriageReturn = false;
                if (block[i] == '\n') {
                    i++;
                    continue;
                }
            }
            if (state == State.UNQUOTED) {
                i = skipPlain(block, i, end, delimiter);
            } else if (state == State.QUOTED) {
                i = skipPlain(block, i, end, '"');
            }
            if (i == end) {
                break;
            }
            byte b = block[i];
            state = switch (state) {
                case RECORD_START, FIELD_START -> b == '"' ? openQuote() : unquoted(b, i);
                case UNQUOTED -> unquoted(b, i);
                case QUOTED -> quoted(b, i);
                case AFTER_QUOTE -> afterQuote(b, i);
            };
            i = b < 0 ? skipMultiByte(block, i, end) : i + 1;
        }
    }

    /** Returns the index after the first record, or {@code end}. */
    private int checkFirstRecord(byte[] block, int from, int end) throws InvalidContentException {
        int i = from;
        while (i < end && delimiter == 0) {
            byte b = block[i];
            if (b == 0) {
                throw nul(i);
            }
            for (FirstRecord reading : readings) {
                reading.read(b, line);
            }
            if (b == '\r' || b == '\n') {
                if (b != '\n' || !afterCarriageReturn) {
                    line++;
                }
                FirstRecord best = bestReading();
                if (best.complete) {
                    choose(best);
                }
            }
            afterCarriageReturn = b == '\r';
            i = b < 0 ? skipMultiByte(block, i, end) : i + 1;
        }
        return i;
    }

    private FirstRecord bestReading() {
        FirstRecord best = readings[0];
        for (FirstRecord reading : readings) {
            best = reading.isBetterThan(best) ? reading : best;
        }
        return best;
    }

    private void choose(FirstRecord reading) {
        delimiter = reading.delimiter;
        state = reading.state;
        quoteLine = reading.quoteLine;
        records = reading.complete ? 1 : 0;
        readings = new FirstRecord[0];
    }

    private State openQuote() {
        quoteLine = line;
        return State.QUOTED;
    }

    private State unquoted(byte b, int i) throws InvalidContentException {
        if (b == delimiter) {
            return nextField();
        }
        return switch (b) {
            case '\r', '\n' -> endLine(b, i);
            case '"' -> {
                if (strict) {
                    throw invalid(i, "found '\"' within a field that does not begin with it");
                }
                yield State.UNQUOTED;
            }
            case 0 -> throw nul(i);
            default -> State.UNQUOTED;
        };
    }

    private State quoted(byte b, int i) throws InvalidContentException {
        return switch (b) {
            case '"' -> State.AFTER_QUOTE;
            case '\r', '\n' -> {
                breakLine(b);
                yield State.QUOTED;
            }
            case 0 -> throw nul(i);
            default -> State.QUOTED;
        };
    }

    private State afterQuote(byte b, int i) throws InvalidContentException {
        if (b == delimiter) {
            return nextField();
        }
        return switch (b) {
            case '"' -> State.QUOTED;
            case '\r', '\n' -> endLine(b, i);
            default -> {
                if (strict) {
                    throw invalid(
                            i, "expected ',' or the end of the line after a quoted field but found " + printable(b));
                }
                yield unquoted(b, i);
            }
        };
    }

    private InvalidContentException nul(int i) {
        return invalid(i, "found the NUL character");
    }

    private State nextField() {
        delimiters++;
        return State.FIELD_START;
    }

    private State endLine(byte b, int i) throws InvalidContentException {
        if (state != State.RECORD_START) {
            endRecord(i);
        }
        breakLine(b);
        return State.RECORD_START;
    }

    private void breakLine(byte b) {
        line++;
        afterCarriageReturn = b == '\r';
    }

    @Override
    public long rows() {
        return records;
    }

    @Override
    public @Nullable String delimiter() {
        return delimiter == 0 ? null : String.valueOf(delimiter);
    }

    private void endRecord(int i) throws InvalidContentException {
        records++;
        long fields = delimiters + 1;
        delimiters = 0;
        if (records == 1) {
            fieldsOfFirst = fields;
        } else if (strict && fields != fieldsOfFirst) {
            throw invalid(i, "record %d has %d fields, the first has %d".formatted(records, fields, fieldsOfFirst));
        }
    }

    @Override
    void checkEnd() throws InvalidContentException {
        if (delimiter == 0) {
            choose(bestReading());
        }
        if (state == State.QUOTED) {
            throw invalid(0, "the quote opened at line " + quoteLine + " is never closed");
        }
        if (state != State.RECORD_START) {
            endRecord(0);
        }
    }
}
