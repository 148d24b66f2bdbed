package com.redhat.cloud.exports.download.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and offsets beyond four bytes and counts beyond two. No such file is ever stored. */
class Zip64Tests {

    /** The extra field of a file's time. */
    private static final int TIME = 9;

    /** The records of an ordinary archive with one file, or two, of a one-letter name. */
    private static final int RECORDS_OF_ONE = 30 + 1 + TIME + 46 + 1 + TIME + 22;

    private static final int RECORDS_OF_TWO = RECORDS_OF_ONE + 30 + 1 + TIME + 46 + 1 + TIME;

    /** Larger than the central directory of two files and everything after it. */
    private static final int TAIL = 400;

    /** Content that is not read. */
    private static final ContentSource ZEROS =
            (offset, length) -> new ByteArrayInputStream(new byte[Math.toIntExact(length)]);

    private static final byte[] LAST_BLOCK = {3, 0};

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "4294967294, 1000, 0",
        "4294967295, 1000, 32", // both sizes in the local header (20), one in the directory (12)
        "1000, 4294967254, 0", // the directory begins at 4294967294
        "1000, 4294967255, 76", // and here at 4294967295: both Zip64 end records
        "1000, 4294967294, 76",
        "1000, 4294967295, 108",
        "4294967295, 4294967295, 116",
        "9000000000, 8000000000, 116",
    })
    void sizesGetZip64RecordsExactlyWhenTheyNeedThem(long size, long compressedSize, int zip64Bytes) throws Exception {
        var zip = new ZipLayout(List.of(entry("a", size, compressedSize)));

        assertThat(zip.length() - compressedSize).isEqualTo(RECORDS_OF_ONE + zip64Bytes);
        try (var file = new ZipFile(Zips.writeSparse(zip, TAIL, directory.resolve("sparse.zip"))
                        .toFile());
                var commons = commonsZip(zip);
                var stream = new ZipInputStream(Zips.stream(zip))) {
            for (var entry : List.of(file.getEntry("a"), commons.getEntry("a"), stream.getNextEntry())) {
                assertThat(entry.getSize()).isEqualTo(size);
                assertThat(entry.getCompressedSize()).isEqualTo(compressedSize);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4294967254, 76", "4294967255, 88"})
    void anOffsetGetsAZip64FieldExactlyWhenItNeedsOne(long compressedSizeBefore, int zip64Bytes) throws Exception {
        var zip = new ZipLayout(List.of(entry("a", 1000, compressedSizeBefore), entry("b", 1, 1)));

        assertThat(zip.length() - compressedSizeBefore - 1).isEqualTo(RECORDS_OF_TWO + zip64Bytes);
        try (var commons = commonsZip(zip)) {
            assertThat(commons.getEntry("b").getLocalHeaderOffset()).isEqualTo(31 + TIME + compressedSizeBefore);
        }
    }

    @ParameterizedTest
    @CsvSource({"65534, 0", "65535, 76"})
    void aCountGetsZip64EndRecordsExactlyWhenItNeedsThem(int count, int zip64Bytes) {
        ZipLayout zip = Zips.ofCount(count);
        var end = ByteBuffer.wrap(Zips.bytes(zip, zip.length() - 22, 22)).order(ByteOrder.LITTLE_ENDIAN);

        long directoryEnd = Integer.toUnsignedLong(end.getInt(12)) + Integer.toUnsignedLong(end.getInt(16));
        assertThat(zip.length() - directoryEnd).isEqualTo(22 + zip64Bytes);
        assertThat(Short.toUnsignedInt(end.getShort(10))).isEqualTo(count);
    }

    @Test
    void aFileOfMoreThanFourGigabytesIsReadToItsEnd() throws Exception {
        byte[] text = "Lines that differ, since runs of one byte inflate slowly.\n"
                .repeat(20_000)
                .getBytes(UTF_8);
        long times = (1L << 32) / text.length + 1;
        var content = new RepeatedContent(deflateBlocks(text), times, LAST_BLOCK);
        long size = text.length * times;
        var zip = new ZipLayout(List.of(
                new ZipEntryData("big.csv", Zips.DATE, content.length(), size, crc32(text, times), "", content)));
        Path archive = Zips.write(zip, directory.resolve("big.zip"));

        assertThat(archive).hasSize(zip.length()).hasSize(content.length() + 30 + 46 + 22 + 2 * (7 + TIME) + 32);
        try (var file = new ZipFile(archive.toFile())) {
            assertThat(file.getEntry("big.csv").getSize()).isEqualTo(size);
        }
        assertThat(ExternalTool.run("unzip", "-l", archive.toString())).contains(size + "  2024-09-12 12:27   big.csv");
        try (var stream = new ZipInputStream(new BufferedInputStream(Zips.stream(zip)))) {
            stream.getNextEntry();
            assertThat(bytesReadFrom(stream)).isEqualTo(size);
        }
    }

    @Test
    void anArchiveOfMoreThanFourGigabytesIsReadToItsEnd() throws Exception {
        var block = new byte[0xFFFF];
        long times = 36_000;
        var content = new RepeatedContent(storedBlock(block), times, LAST_BLOCK);
        var half = new ZipEntryData(
                "half.csv", Zips.DATE, content.length(), block.length * times, crc32(block, times), "", content);
        var zip = new ZipLayout(List.of(half, Zips.renamed(half, "other-half.csv"), tiny()));

        assertThat(zip.length()).isGreaterThan(1L << 32);
        try (var commons = commonsZip(zip);
                InputStream last = commons.getInputStream(commons.getEntry("last.json"))) {
            assertThat(last).hasBinaryContent(new byte[] {'1'});
        }
        try (var stream = new ZipInputStream(new BufferedInputStream(Zips.stream(zip), 1 << 20))) {
            for (String name : List.of("half.csv", "other-half.csv")) {
                assertThat(stream.getNextEntry().getName()).isEqualTo(name);
                assertThat(bytesReadFrom(stream)).isEqualTo(half.size());
            }
            assertThat(stream.getNextEntry().getName()).isEqualTo("last.json");
            assertThat(stream).hasBinaryContent(new byte[] {'1'});
        }
    }

    @Test
    void otherProgramsFindAFileBeyondFourGigabytes() throws Exception {
        var zip = new ZipLayout(List.of(entry("a", 3L << 30, 3L << 30), entry("b", 3L << 30, 3L << 30), tiny()));
        String archive =
                Zips.writeSparse(zip, TAIL, directory.resolve("sparse.zip")).toString();

        try (var file = new ZipFile(archive);
                InputStream last = file.getInputStream(file.getEntry("last.json"))) {
            assertThat(last).hasBinaryContent(new byte[] {'1'});
        }
        assertThat(ExternalTool.run("unzip", "-p", archive, "last.json")).isEqualTo("1");
        String script = "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('last.json'))";
        assertThat(ExternalTool.run("python3", "-c", script, archive)).isEqualToIgnoringNewLines("b'1'");
    }

    /** To the end, where the reader compares size and CRC-32. */
    private static long bytesReadFrom(ZipInputStream stream) throws IOException {
        var buffer = new byte[1 << 18];
        long total = 0;
        for (int read = 0; read >= 0; read = stream.read(buffer)) {
            total += read;
        }
        return total;
    }

    private static ZipEntryData entry(String name, long size, long compressedSize) {
        return new ZipEntryData(name, Zips.DATE, compressedSize, size, 0, "", ZEROS);
    }

    private static ZipEntryData tiny() {
        return ZipEntryData.deflate("last.json", Zips.DATE, new byte[] {'1'});
    }

    /** Deflate blocks, none of them the last, that end with a byte and refer to nothing before them. */
    private static byte[] deflateBlocks(byte[] bytes) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(bytes);
        var deflated = new byte[bytes.length];
        int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(deflated, length);
    }

    /** RFC 1951 section 3.2.4: not the last, not compressed. */
    private static byte[] storedBlock(byte[] bytes) {
        return ByteBuffer.allocate(5 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0)
                .putShort((short) bytes.length)
                .putShort((short) ~bytes.length)
                .put(bytes)
                .array();
    }

    private static long crc32(byte[] bytes, long times) {
        var crc32 = new CRC32();
        for (long i = 0; i < times; i++) {
            crc32.update(bytes);
        }
        return crc32.getValue();
    }

    private static org.apache.commons.compress.archivers.zip.ZipFile commonsZip(ZipLayout zip) throws IOException {
        return org.apache.commons.compress.archivers.zip.ZipFile.builder()
                .setSeekableByteChannel(Zips.channel(zip))
                .get();
    }
}
