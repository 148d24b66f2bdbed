package com.redhat.cloud.exports.upload.validation;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Validates JSON exactly by RFC 8259: one value, with whitespace around it. Allows escapes of lone surrogates
 * ({@code "\ud800"}), which the grammar has (section 8.2), and repeated names (section 4).
 *
 * <p>A table gives the next state for each state and byte; brackets, commas and quotes need an action. Plain text in strings
 * is skipped eight bytes at a time, and what lies between two strings often at once.
 */
public final class JsonValidator extends Utf8Validator {

    // States, named after what comes next.
    private static final int VALUE = 0;
    private static final int FIRST_ELEMENT = 1;
    private static final int FIRST_NAME = 2;
    private static final int NAME = 3;
    private static final int COLON = 4;
    private static final int AFTER_VALUE = 5;
    private static final int STRING = 6;
    private static final int ESCAPED = 7;
    private static final int HEX = 8; // and three more
    private static final int NUMBER = 12;
    private static final int AFTER_ZERO = 13;
    private static final int INTEGER = 14;
    private static final int FRACTION = 15;
    private static final int FRACTION_DIGITS = 16;
    private static final int EXPONENT = 17;
    private static final int EXPONENT_NUMBER = 18;
    private static final int EXPONENT_DIGITS = 19;
    private static final int TRUE = 20; // and two more
    private static final int FALSE = 23; // and three more
    private static final int NULL = 27; // and two more
    private static final int STATES = 30;

    // Actions: entries of the table that are not just a next state.
    private static final int OPEN_OBJECT = STATES;
    private static final int OPEN_ARRAY = STATES + 1;
    private static final int CLOSE_OBJECT = STATES + 2;
    private static final int CLOSE_ARRAY = STATES + 3;
    private static final int COMMA = STATES + 4;
    private static final int OPEN_NAME = STATES + 5;
    private static final int OPEN_STRING = STATES + 6;
    private static final int FAULT = STATES + 7;

    /** Bytes to look ahead: {@code ": false"} and one more. */
    private static final int LOOK_AHEAD = 8;

    private static final int TRUE_BYTES = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int NULL_BYTES = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    private static final int FALS_BYTES = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;

    private static final byte[] NEXT = new byte[STATES << 8];
    private static final String[] EXPECTED = new String[STATES];

    static {
        Arrays.fill(NEXT, (byte) FAULT);

        expect(VALUE, "a value");
        expect(FIRST_ELEMENT, "a value or ']'");
        for (int state : new int[] {VALUE, FIRST_ELEMENT}) {
            on(state, "{", OPEN_OBJECT);
            on(state, "[", OPEN_ARRAY);
            on(state, "\"", OPEN_STRING);
            on(state, "-", NUMBER);
            on(state, "0", AFTER_ZERO);
            on(state, "123456789", INTEGER);
            on(state, "t", TRUE);
            on(state, "f", FALSE);
            on(state, "n", NULL);
        }
        on(FIRST_ELEMENT, "]", CLOSE_ARRAY);

        expect(FIRST_NAME, "a name in quotes or '}'");
        on(FIRST_NAME, "\"", OPEN_NAME);
        on(FIRST_NAME, "}", CLOSE_OBJECT);
        expect(NAME, "a name in quotes");
        on(NAME, "\"", OPEN_NAME);
        expect(COLON, "':'");
        on(COLON, ":", VALUE);

        on(AFTER_VALUE, ",", COMMA);
        on(AFTER_VALUE, "}", CLOSE_OBJECT);
        on(AFTER_VALUE, "]", CLOSE_ARRAY);
        for (int state : new int[] {VALUE, FIRST_ELEMENT, FIRST_NAME, NAME, COLON, AFTER_VALUE}) {
            on(state, " \t\r\n", state);
        }

        expect(STRING, "'\"'");
        on(STRING, "\\", ESCAPED);
        expect(ESCAPED, "one of \"\\/bfnrtu");
        on(ESCAPED, "\"\\/bfnrt", STRING);
        on(ESCAPED, "u", HEX);
        for (int digit = 0; digit < 4; digit++) {
            expect(HEX + digit, "a hexadecimal digit");
            on(HEX + digit, "0123456789abcdefABCDEF", digit < 3 ? HEX + digit + 1 : STRING);
        }

        // Where a number may end, anything that follows a value may follow.
        for (int state : new int[] {AFTER_ZERO, INTEGER, FRACTION_DIGITS, EXPONENT_DIGITS}) {
            System.arraycopy(NEXT, AFTER_VALUE << 8, NEXT, state << 8, 1 << 8);
        }
        expect(NUMBER, "a digit");
        on(NUMBER, "0", AFTER_ZERO);
        on(NUMBER, "123456789", INTEGER);
        on(INTEGER, "0123456789", INTEGER);
        on(AFTER_ZERO, ".", FRACTION);
        on(INTEGER, ".", FRACTION);
        expect(FRACTION, "a digit");
        on(FRACTION, "0123456789", FRACTION_DIGITS);
        on(FRACTION_DIGITS, "0123456789", FRACTION_DIGITS);
        for (int state : new int[] {AFTER_ZERO, INTEGER, FRACTION_DIGITS}) {
            on(state, "eE", EXPONENT);
        }
        expect(EXPONENT, "a digit, '+' or '-'");
        on(EXPONENT, "+-", EXPONENT_NUMBER);
        on(EXPONENT, "0123456789", EXPONENT_DIGITS);
        expect(EXPONENT_NUMBER, "a digit");
        on(EXPONENT_NUMBER, "0123456789", EXPONENT_DIGITS);
        on(EXPONENT_DIGITS, "0123456789", EXPONENT_DIGITS);

        literal(TRUE, "true");
        literal(FALSE, "false");
        literal(NULL, "null");
    }

    private static void on(int state, String characters, int next) {
        for (char c : characters.toCharArray()) {
            NEXT[state << 8 | c] = (byte) next;
        }
    }

    private static void expect(int state, String expected) {
        EXPECTED[state] = expected;
    }

    private static void literal(int state, String literal) {
        for (int i = 1; i < literal.length(); i++) {
            expect(state + i - 1, "'" + literal + "'");
            on(state + i - 1, literal.substring(i, i + 1), i < literal.length() - 1 ? state + i : AFTER_VALUE);
        }
    }

    private final int maxDepth;

    /** One bit per open bracket, set for objects. */
    private final BitSet objects = new BitSet();

    private int depth;
    private boolean inObject;

    private int state = VALUE;

    private long rows;

    /** The state after the current string: {@link #COLON} if it is a name. */
    private int afterString;

    /** @param maxDepth objects and arrays that may be open at once; each takes one bit */
    public JsonValidator(int maxDepth) {
        super("JSON");
        this.maxDepth = maxDepth;
    }

    @Override
    void check(byte[] block, int from, int end) throws InvalidContentException {
        int i = from;
        while (i < end) {
            if (state == STRING) {
                i = skipPlain(block, i, end, '\\');
                if (i == end) {
                    break;
                }
                if (block[i] == '"') {
                    state = afterString;
                    i = skipToNextString(block, i + 1, end);
                    continue;
                }
                if (block[i] < 0) {
                    i = skipMultiByte(block, i, end);
                    continue;
                }
            }
            byte b = block[i];
            int next = NEXT[state << 8 | b & 0xff];
            state = next < STATES ? next : act(next, state, b, i);
            i++;
            if (b == '\n') {
                line++;
                i = skipSpaces(block, i, end);
            }
        }
    }

    /**
     * Skips from one string to the next if only a colon or a comma and perhaps a space lie between them, or, after a name, a
     * whole number or a literal. Stops at anything else, in the state in which the table continues.
     *
     * @return the index of the next byte
     */
    private int skipToNextString(byte[] block, int from, int end) {
        if (end - from < LOOK_AHEAD) {
            return from;
        }
        int i = from;
        if (state == COLON) {
            if (block[i] != ':') {
                return i;
            }
            state = VALUE;
            i = skipSpace(block, i + 1);
            if (block[i] == '"') {
                afterString = AFTER_VALUE;
                state = STRING;
                return i + 1;
            }
            i = skipPlainValue(block, i, end);
        }
        if (state == VALUE || depth == 0 || end - i < LOOK_AHEAD || block[i] != ',') {
            return i;
        }
        int quote = skipSpace(block, i + 1);
        if (block[quote] != '"') {
            return i;
        }
        countRow();
        afterString = inObject ? COLON : AFTER_VALUE;
        state = STRING;
        return quote + 1;
    }

    /** Skips a whole number, the first digits of another number, or a literal. */
    private int skipPlainValue(byte[] block, int from, int end) {
        byte first = block[from];
        if (first >= '1' && first <= '9') {
            state = INTEGER;
            int i = from + 1;
            while (i < end && block[i] >= '0' && block[i] <= '9') {
                i++;
            }
            return i;
        }
        int length = switch (intAt(block, from)) {
            case TRUE_BYTES, NULL_BYTES -> 4;
            case FALS_BYTES -> block[from + 4] == 'e' ? 5 : 0;
            default -> 0;
        };
        if (length > 0) {
            state = AFTER_VALUE;
        }
        return from + length;
    }

    private static int skipSpace(byte[] block, int i) {
        return block[i] == ' ' ? i + 1 : i;
    }

    private static int skipSpaces(byte[] block, int from, int end) {
        int i = from;
        while (i < end && block[i] == ' ') {
            i++;
        }
        return i;
    }

    /** Performs an action, and returns the next state. */
    private int act(int action, int state, byte b, int i) throws InvalidContentException {
        return switch (action) {
            case OPEN_NAME -> {
                afterString = COLON;
                yield STRING;
            }
            case OPEN_STRING -> {
                afterString = AFTER_VALUE;
                yield STRING;
            }
            case OPEN_OBJECT -> {
                open(true, i);
                yield FIRST_NAME;
            }
            case OPEN_ARRAY -> {
                open(false, i);
                countRow();
                yield FIRST_ELEMENT;
            }
            default -> {
                if (depth == 0 || action == FAULT || action == (inObject ? CLOSE_ARRAY : CLOSE_OBJECT)) {
                    throw unexpected(state, b, i);
                }
                if (action == COMMA) {
                    countRow();
                    yield inObject ? NAME : VALUE;
                }
                depth--;
                inObject = depth > 0 && objects.get(depth - 1);
                yield AFTER_VALUE;
            }
        };
    }

    /** Counts rows of {@code [row, row]} and of {@code {"name": [row, row]}}; an empty array counts as one. */
    private void countRow() {
        if (!inObject && (depth == 1 || depth == 2 && objects.get(0))) {
            rows++;
        }
    }

    @Override
    public long rows() {
        return rows;
    }

    private void open(boolean object, int i) throws InvalidContentException {
        if (depth == maxDepth) {
            throw invalid(i, "nested deeper than " + maxDepth + " levels");
        }
        objects.set(depth++, object);
        inObject = object;
    }

    private InvalidContentException unexpected(int state, byte b, int i) {
        return state == STRING
                ? invalid(i, "the control character " + printable(b) + " must be escaped in a string")
                : invalid(i, "expected " + expected(state) + " but found " + printable(b));
    }

    @Override
    void checkEnd() throws InvalidContentException {
        if (depth > 0 || !valueComplete(state)) {
            throw invalid(0, "expected " + expected(state) + " but the text ends");
        }
    }

    private String expected(int state) {
        if (!valueComplete(state)) {
            return EXPECTED[state];
        }
        return depth == 0 ? "the end of the text" : inObject ? "',' or '}'" : "',' or ']'";
    }

    /** Whether a value is complete: what may follow depends on the bracket around it. */
    private static boolean valueComplete(int state) {
        return EXPECTED[state] == null;
    }
}
