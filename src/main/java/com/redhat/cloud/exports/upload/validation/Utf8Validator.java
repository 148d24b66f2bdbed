package com.redhat.cloud.exports.upload.validation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Validates UTF-8 strictly (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF) for a grammar, and reports the
 * position of faults. Skips a byte order mark at the start: RFC 8259 section 8.1 lets readers of JSON ignore it, and
 * spreadsheets write it before CSV.
 */
abstract class Utf8Validator implements ContentValidator {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_BYTE = 0x01010101_01010101L;
    private static final long HIGH_BITS = 0x80808080_80808080L;

    private final String format;

    /** The line of the next byte, from 1. The grammar counts, since it knows line breaks. */
    long line = 1;

    /** The position in the body of index 0 of the current block. */
    private long base;

    /** Bytes before the next block. */
    private long consumed;

    /** Whether the byte order mark, if any, has been read; until then, the number of its bytes so far. */
    private boolean started;

    private int markBytes;

    /** Bytes missing from the current character, and the range of the next one. */
    private int missing;

    private int lowest;
    private int highest;

    Utf8Validator(String format) {
        this.format = format;
    }

    /** Checks {@code block[from..end)}, which begins at the start of a character. */
    abstract void check(byte[] block, int from, int end) throws InvalidContentException;

    /** Checks that the text may end here. */
    abstract void checkEnd() throws InvalidContentException;

    @Override
    public final void accept(byte[] block, int offset, int length) throws InvalidContentException {
        int i = offset;
        int end = offset + length;
        while (!started && i < end) {
            if (block[i] != BYTE_ORDER_MARK[markBytes]) {
                startWithoutMark();
            } else {
                i++;
                markBytes++;
                if (markBytes == BYTE_ORDER_MARK.length) {
                    started = true;
                    consumed = markBytes;
                }
            }
        }
        acceptText(block, i, end);
    }

    @Override
    public final void finish() throws InvalidContentException {
        if (!started) {
            startWithoutMark();
        }
        base = consumed;
        if (missing > 0) {
            throw invalid(0, "the text ends within a UTF-8 character");
        }
        checkEnd();
    }

    /** Checks bytes that looked like a mark as text. */
    private void startWithoutMark() throws InvalidContentException {
        started = true;
        acceptText(BYTE_ORDER_MARK, 0, markBytes);
    }

    private void acceptText(byte[] block, int from, int end) throws InvalidContentException {
        base = consumed - from;
        consumed += end - from;
        int i = missing > 0 ? skipMultiByte(block, from, end) : from;
        check(block, i, end);
    }

    /**
     * Returns the index of the first byte from {@code from} on that is a control character, a quote, not ASCII, or the
     * {@code stop}; {@code end} if there is none.
     */
    static int skipPlain(byte[] block, int from, int end, char stop) {
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long bytes = (long) LONG.get(block, i);
            // Sets the high bit of each byte to stop at. Borrows may set others, but only above the first.
            // Flipping the second bit turns a quote into 0x20, next to the control characters, which stay such.
            long stops = (bytes
                            | ((bytes ^ 0x02 * EACH_BYTE) - ('"' ^ 0x02) * EACH_BYTE - EACH_BYTE)
                            | ((bytes ^ stop * EACH_BYTE) - EACH_BYTE))
                    & HIGH_BITS;
            if (stops != 0) {
                return i + Long.numberOfTrailingZeros(stops) / Byte.SIZE;
            }
        }
        while (i < end && block[i] >= ' ' && block[i] != '"' && block[i] != stop) {
            i++;
        }
        return i;
    }

    /** Reads four bytes in little-endian order. */
    static int intAt(byte[] block, int i) {
        return (int) INT.get(block, i);
    }

    /** Returns the index after the non-ASCII characters at {@code from}. The block may end within one. */
    final int skipMultiByte(byte[] block, int from, int end) throws InvalidContentException {
        int i = from;
        for (; i < end && (missing > 0 || block[i] < 0); i++) {
            int b = block[i] & 0xff;
            if (missing == 0) {
                beginMultiByte(b, i);
            } else if (b >= lowest && b <= highest) {
                missing--;
                lowest = 0x80;
                highest = 0xbf;
            } else {
                throw invalid(i, "invalid UTF-8: found " + printable(b) + " within a character");
            }
        }
        return i;
    }

    /** Narrows the range of the second byte after some first bytes (RFC 3629 section 4). */
    private void beginMultiByte(int b, int i) throws InvalidContentException {
        if (b < 0xc2 || b > 0xf4) {
            throw invalid(i, "invalid UTF-8: found " + printable(b) + " at the start of a character");
        }
        missing = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        lowest = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        highest = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
    }

    /** Describes a fault at an index of the current block; 0 at the end of the text. */
    final InvalidContentException invalid(int i, String fault) {
        return new InvalidContentException(format, line, base + i, fault);
    }

    /** Renders a byte: printable ASCII in quotes, others in hexadecimal. */
    static String printable(int b) {
        return b >= ' ' && b < 0x7f ? "'" + (char) b + "'" : "0x%02x".formatted(b & 0xff);
    }
}
