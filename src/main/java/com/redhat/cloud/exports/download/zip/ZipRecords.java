package com.redhat.cloud.exports.download.zip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.stream.LongStream;

/**
 * The records around the files of a zip archive, by PKWARE's APPNOTE.TXT 6.3.10; section numbers are its own.
 *
 * <p>A number too large for its field is replaced by the field's maximum and stored in a Zip64 record. Those are written only
 * where needed, so software without Zip64 can read ordinary archives.
 */
final class ZipRecords {

    private static final int LOCAL_HEADER = 0x04034b50; // 4.3.7
    private static final int CENTRAL_HEADER = 0x02014b50; // 4.3.12
    private static final int ZIP64_END = 0x06064b50; // 4.3.14
    private static final int ZIP64_END_LOCATOR = 0x07064b50; // 4.3.15
    private static final int END = 0x06054b50; // 4.3.16

    private static final int LOCAL_HEADER_SIZE = 30;
    private static final int CENTRAL_HEADER_SIZE = 46;
    private static final int ZIP64_END_SIZE = 56;
    private static final int ZIP64_END_LOCATOR_SIZE = 20;
    private static final int END_SIZE = 22;

    private static final int VERSION_DEFLATE = 20; // 4.4.3
    private static final int VERSION_ZIP64 = 45;
    private static final int MADE_BY_UNIX = 3 << 8; // 4.4.2
    private static final int FLAG_UTF8_NAME = 1 << 11; // 4.4.4
    private static final int METHOD_DEFLATE = 8; // 4.4.5
    private static final int REGULAR_FILE_0644 = 0100644 << 16; // 4.4.15: st_mode in the upper half

    private static final int ZIP64_EXTRA = 0x0001; // 4.5.3
    private static final int TIME_EXTRA = 0x5455; // 4.6.1; layout by Info-ZIP's extrafld.txt
    private static final int TIME_EXTRA_SIZE = 9;
    private static final byte MODIFICATION_TIME = 1;
    private static final LocalDateTime MIN_DOS_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final LocalDateTime MAX_DOS_TIME = LocalDateTime.of(2107, 12, 31, 23, 59, 58);
    private static final long MAX_4_BYTES = 0xFFFFFFFFL;
    private static final int MAX_2_BYTES = 0xFFFF;

    private ZipRecords() {}

    /** The header before a file's deflate stream. Sizes are known, so no data descriptor follows. */
    static byte[] localHeader(ZipEntryData entry) {
        boolean zip64 = exceeds4Bytes(entry.size()) || exceeds4Bytes(entry.compressedSize());
        // 4.5.3: unlike in the central directory, the extra field has both sizes or none.
        byte[] extra = extra(entry, zip64 ? new long[] {entry.size(), entry.compressedSize()} : new long[0]);
        byte[] name = utf8Name(entry);
        ByteBuffer header =
                littleEndian(LOCAL_HEADER_SIZE + name.length + extra.length).putInt(LOCAL_HEADER);
        putCommonFields(
                header,
                entry,
                zip64 ? MAX_4_BYTES : entry.compressedSize(),
                zip64 ? MAX_4_BYTES : entry.size(),
                name.length,
                extra.length,
                zip64);
        return header.put(name).put(extra).array();
    }

    /** The file's entry in the central directory; {@code offset} is that of its local header. */
    static byte[] centralHeader(ZipEntryData entry, long offset) {
        long[] large = LongStream.of(entry.size(), entry.compressedSize(), offset)
                .filter(ZipRecords::exceeds4Bytes)
                .toArray();
        byte[] extra = extra(entry, large);
        byte[] name = utf8Name(entry);
        ByteBuffer header = littleEndian(CENTRAL_HEADER_SIZE + name.length + extra.length)
                .putInt(CENTRAL_HEADER)
                .putShort((short) (MADE_BY_UNIX | VERSION_ZIP64));
        putCommonFields(
                header, entry, entry.compressedSize(), entry.size(), name.length, extra.length, large.length > 0);
        return header.putShort((short) 0) // comment length
                .putShort((short) 0) // disk
                .putShort((short) 0) // internal attributes: nothing is known of the content
                .putInt(REGULAR_FILE_0644)
                .putInt(fourBytes(offset))
                .put(name)
                .put(extra)
                .array();
    }

    /** The end of the archive, after a central directory of {@code count} entries. */
    static byte[] end(long count, long directoryOffset, long directorySize) {
        boolean zip64 = count >= MAX_2_BYTES || exceeds4Bytes(directoryOffset) || exceeds4Bytes(directorySize);
        ByteBuffer end = littleEndian(END_SIZE + (zip64 ? ZIP64_END_SIZE + ZIP64_END_LOCATOR_SIZE : 0));
        if (zip64) {
            end.putInt(ZIP64_END)
                    .putLong(ZIP64_END_SIZE - 12) // 4.3.14.1: without the signature and this field
                    .putShort((short) (MADE_BY_UNIX | VERSION_ZIP64))
                    .putShort((short) VERSION_ZIP64)
                    .putInt(0) // this disk
                    .putInt(0) // the directory's disk
                    .putLong(count) // on this disk
                    .putLong(count)
                    .putLong(directorySize)
                    .putLong(directoryOffset)
                    .putInt(ZIP64_END_LOCATOR)
                    .putInt(0) // disk of the record above
                    .putLong(directoryOffset + directorySize)
                    .putInt(1); // number of disks
        }
        short shortCount = (short) Math.min(count, MAX_2_BYTES);
        return end.putInt(END)
                .putShort((short) 0) // this disk
                .putShort((short) 0) // the directory's disk
                .putShort(shortCount) // on this disk
                .putShort(shortCount)
                .putInt(fourBytes(directorySize))
                .putInt(fourBytes(directoryOffset))
                .putShort((short) 0) // comment length
                .array();
    }

    private static void putCommonFields(
            ByteBuffer header,
            ZipEntryData entry,
            long compressedSize,
            long size,
            int nameLength,
            int extraLength,
            boolean zip64) {
        header.putShort((short) (zip64 ? VERSION_ZIP64 : VERSION_DEFLATE))
                .putShort((short) FLAG_UTF8_NAME)
                .putShort((short) METHOD_DEFLATE)
                .putInt(dosTime(entry.modifiedAt()))
                .putInt((int) entry.crc32())
                .putInt(fourBytes(compressedSize))
                .putInt(fourBytes(size))
                .putShort((short) nameLength)
                .putShort((short) extraLength);
    }

    /** @param large the numbers that do not fit their fields */
    private static byte[] extra(ZipEntryData entry, long... large) {
        int zip64Size = large.length == 0 ? 0 : 4 + large.length * Long.BYTES;
        long seconds = entry.modifiedAt().getEpochSecond();
        boolean hasTime = seconds == (int) seconds;
        ByteBuffer extra = littleEndian(zip64Size + (hasTime ? TIME_EXTRA_SIZE : 0));
        if (hasTime) {
            // Without it, readers take the time in the header for one of their own zone. It comes first: Java looks for
            // a compressed size 8 bytes too far in a Zip64 field that is not the last one.
            extra.putShort((short) TIME_EXTRA)
                    .putShort((short) (TIME_EXTRA_SIZE - 4))
                    .put(MODIFICATION_TIME)
                    .putInt((int) seconds);
        }
        if (large.length > 0) {
            extra.putShort((short) ZIP64_EXTRA).putShort((short) (large.length * Long.BYTES));
            LongStream.of(large).forEach(extra::putLong);
        }
        return extra.array();
    }

    /** 4.4.6: date in the upper half, time in the lower. The format has no zone; UTC gives the same bytes everywhere. */
    private static int dosTime(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        LocalDateTime time = utc.isBefore(MIN_DOS_TIME) ? MIN_DOS_TIME : utc.isAfter(MAX_DOS_TIME) ? MAX_DOS_TIME : utc;
        return (time.getYear() - 1980) << 25
                | time.getMonthValue() << 21
                | time.getDayOfMonth() << 16
                | time.getHour() << 11
                | time.getMinute() << 5
                | time.getSecond() / 2;
    }

    private static byte[] utf8Name(ZipEntryData entry) {
        byte[] name = entry.name().getBytes(UTF_8);
        if (name.length > MAX_2_BYTES) {
            throw new IllegalArgumentException("name of %d bytes in a zip archive".formatted(name.length));
        }
        return name;
    }

    private static boolean exceeds4Bytes(long value) {
        return value >= MAX_4_BYTES;
    }

    private static int fourBytes(long value) {
        return (int) Math.min(value, MAX_4_BYTES);
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
