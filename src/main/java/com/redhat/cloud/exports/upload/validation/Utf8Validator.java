package com.redhat.cloud.exports.upload.validation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Validates UTF-8 for any grammar of text: strictly (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF), with
 * the position of faults. Skips a byte order mark at the start: RFC 8259 section 8.1 lets a reader of JSON ignore it, and
 * spreadsheets write it before CSV.
 */
abstract class Utf8Validator implements ContentValidator {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_BYTE = 0x01010101_01010101L;
    private static final long HIGH_BITS = 0x80808080_80808080L;

    private final String format;

    /** The line of the next byte, from 1; counted by the grammar, which knows line breaks. */
    long line = 1;

    /** Add an index of the current block to get a position in the body. */
    private long base;

    /** Bytes before the next block. */
    private long consumed;

    /** Whether the byte order mark, if any, has passed; and until then, how many of its bytes. */
    private boolean started;

    private int markBytes;

    /** Bytes that the current character lacks, and the range of the next one. */
    private int lacking;

    private int lowest;
    private int highest;

    Utf8Validator(String format) {
        this.format = format;
    }

    /** Checks {@code block[from..end)}, which begins with a whole character. */
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
        if (lacking > 0) {
            throw invalid(0, "the text ends within a UTF-8 character");
        }
        checkEnd();
    }

    /** Passes on what looked like the mark: it is text. */
    private void startWithoutMark() throws InvalidContentException {
        started = true;
        acceptText(BYTE_ORDER_MARK, 0, markBytes);
    }

    private void acceptText(byte[] block, int from, int end) throws InvalidContentException {
        base = consumed - from;
        consumed += end - from;
        int i = lacking > 0 ? skipMultiByte(block, from, end) : from;
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
            // Sets the high bit of each byte to stop at; borrows may set more of them, but only above the first.
            // A quote with its second bit flipped is 0x20, next to the control characters, which stay what they are.
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

    /** Reads four bytes, the lowest first. */
    static int intAt(byte[] block, int i) {
        return (int) INT.get(block, i);
    }

    /** Returns the index after the run of characters outside ASCII at {@code from}; the block may end within the last. */
    final int skipMultiByte(byte[] block, int from, int end) throws InvalidContentException {
        int i = from;
        for (; i < end && (lacking > 0 || block[i] < 0); i++) {
            int b = block[i] & 0xff;
            if (lacking == 0) {
                beginMultiByte(b, i);
            } else if (b >= lowest && b <= highest) {
                lacking--;
                lowest = 0x80;
                highest = 0xbf;
            } else {
                throw invalid(i, "invalid UTF-8: found " + printable(b) + " within a character");
            }
        }
        return i;
    }

    /** RFC 3629 section 4: the second byte's range is narrower after some first bytes. */
    private void beginMultiByte(int b, int i) throws InvalidContentException {
        if (b < 0xc2 || b > 0xf4) {
            throw invalid(i, "invalid UTF-8: found " + printable(b) + " at the start of a character");
        }
        lacking = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        lowest = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        highest = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
    }

    /** Makes the fault at an index of the current block; at the end of the text, 0. */
    final InvalidContentException invalid(int i, String fault) {
        return new InvalidContentException(format, line, base + i, fault);
    }

    /** Shows a byte: in quotes if it is printable ASCII, else in hexadecimal. */
    static String printable(int b) {
        return b >= ' ' && b < 0x7f ? "'" + (char) b + "'" : "0x%02x".formatted(b & 0xff);
    }
}
