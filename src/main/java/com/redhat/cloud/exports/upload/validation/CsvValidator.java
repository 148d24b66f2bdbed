package com.redhat.cloud.exports.upload.validation;

/**
 * Validates CSV after RFC 4180 with commas, as it is written in practice: lines end in CRLF, LF or CR, the last one may have
 * no end. A field is quoted as a whole or not at all: a quote within an unquoted field, text after a closing quote (blanks
 * too) and an unclosed quote are faults; so is the NUL character, on which readers disagree.
 *
 * <p>An empty body is valid: an export may have no rows. Blank lines are no records; strict mode skips them.
 */
public final class CsvValidator extends Utf8Validator {

    private enum State {
        RECORD_START,
        FIELD_START,
        UNQUOTED,
        QUOTED,
        AFTER_QUOTE
    }

    private final boolean sameFieldCount;

    private State state = State.RECORD_START;

    /** The last byte was a carriage return: a line feed now belongs to the same line break. */
    private boolean afterCarriageReturn;

    private long quoteLine;

    private long records;
    private long commas;
    private long fieldsOfFirst;

    /** @param sameFieldCount strict mode: every record must have as many fields as the first */
    public CsvValidator(boolean sameFieldCount) {
        super("CSV");
        this.sameFieldCount = sameFieldCount;
    }

    @Override
    void check(byte[] block, int from, int end) throws InvalidContentException {
        int i = from;
        while (i < end) {
            if (afterCarriageReturn) {
                afterCarriageReturn = false;
                if (block[i] == '\n') {
                    i++;
                    continue;
                }
            }
            if (state == State.UNQUOTED) {
                i = skipPlain(block, i, end, ',');
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

    private State openQuote() {
        quoteLine = line;
        return State.QUOTED;
    }

    private State unquoted(byte b, int i) throws InvalidContentException {
        return switch (b) {
            case ',' -> nextField();
            case '\r', '\n' -> endLine(b, i);
            case '"' -> throw invalid(i, "found '\"' within a field that does not begin with it");
            case 0 -> throw invalid(i, "found the NUL character");
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
            case 0 -> throw invalid(i, "found the NUL character");
            default -> State.QUOTED;
        };
    }

    private State afterQuote(byte b, int i) throws InvalidContentException {
        return switch (b) {
            case '"' -> State.QUOTED;
            case ',' -> nextField();
            case '\r', '\n' -> endLine(b, i);
            default ->
                throw invalid(i, "expected ',' or the end of the line after a quoted field but found " + printable(b));
        };
    }

    private State nextField() {
        commas++;
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

    private void endRecord(int i) throws InvalidContentException {
        records++;
        long fields = commas + 1;
        commas = 0;
        if (records == 1) {
            fieldsOfFirst = fields;
        } else if (sameFieldCount && fields != fieldsOfFirst) {
            throw invalid(i, "record %d has %d fields, the first has %d".formatted(records, fields, fieldsOfFirst));
        }
    }

    @Override
    void checkEnd() throws InvalidContentException {
        if (state == State.QUOTED) {
            throw invalid(0, "the quote opened at line " + quoteLine + " is never closed");
        }
        if (state != State.RECORD_START) {
            endRecord(0);
        }
    }
}
