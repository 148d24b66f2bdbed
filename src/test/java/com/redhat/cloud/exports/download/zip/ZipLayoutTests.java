package com.redhat.cloud.exports.download.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ZipLayoutTests {

    private static final byte[] SOME_BYTES = "some bytes".getBytes(UTF_8);
    private static final ZipEntryData ENTRY =
            new ZipEntryData("a.json", Zips.DATE, SOME_BYTES.length, 20, 30, "digest", ContentSource.of(SOME_BYTES));

    @Test
    void theLengthIsKnownBeforehand() {
        assertThat(Zips.bytes(Zips.sample()))
                .hasSize(Math.toIntExact(Zips.sample().length()));
    }

    @Test
    void anySliceEqualsThatOfTheWhole() {
        ZipLayout zip = Zips.sample();
        byte[] whole = Zips.bytes(zip);
        var random = new Random(11);
        for (int i = 0; i < 1_000; i++) {
            int from = random.nextInt(whole.length + 1);
            int to = random.nextInt(from, whole.length + 1);
            assertThat(Zips.bytes(zip, from, to - from)).isEqualTo(Arrays.copyOfRange(whole, from, to));
        }
    }

    @Test
    void aSliceMayBeginAndEndAnywhere() {
        var zip = new ZipLayout(List.of(ENTRY, ZipEntryData.deflate("empty", Zips.DATE, new byte[0]), ENTRY));
        byte[] whole = Zips.bytes(zip);
        for (int from = 0; from <= whole.length; from++) {
            for (int to = from; to <= whole.length; to++) {
                assertThat(Zips.bytes(zip, from, to - from)).isEqualTo(Arrays.copyOfRange(whole, from, to));
            }
        }
    }

    @Test
    void aDownloadResumedAgainAndAgainIsTheWhole() {
        ZipLayout zip = Zips.sample();
        var random = new Random(12);
        var resumed = new ByteArrayOutputStream();
        while (resumed.size() < zip.length()) {
            long length = Math.min(random.nextInt(1, 20_000), zip.length() - resumed.size());
            resumed.writeBytes(Zips.bytes(zip, resumed.size(), length));
        }
        assertThat(resumed.toByteArray()).isEqualTo(Zips.bytes(zip));
    }

    @Test
    void onlyTheBytesOfTheSliceAreOpened() {
        var opened = new ArrayList<String>();
        var zip = new ZipLayout(Stream.of("a", "b", "c", "d")
                .map(name -> Zips.withContent(Zips.renamed(ENTRY, name), (offset, length) -> {
                    opened.add(name + " " + offset + "+" + length);
                    return ENTRY.content().open(offset, length);
                }))
                .toList());
        int header = 30 + 1 + 9;
        int entry = header + SOME_BYTES.length;

        Zips.bytes(zip, 2 * entry - 3, entry);
        assertThat(opened).containsExactly("b 7+3", "c 0+7");

        opened.clear();
        Zips.bytes(zip, entry, header);
        Zips.bytes(zip, 4 * entry, zip.length() - 4 * entry);
        assertThat(opened).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, -1", "0, 1000", "1000, 0", "9223372036854775807, 9223372036854775807"})
    void aSliceOutsideTheArchiveIsRefused(long offset, long length) {
        var zip = new ZipLayout(List.of(ENTRY));

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> zip.writeTo(OutputStream.nullOutputStream(), offset, length));
    }

    @Test
    void aContentThatEndsTooEarlyEndsTheArchive() {
        var tooShort = Zips.withContent(ENTRY, (offset, length) -> new ByteArrayInputStream(SOME_BYTES, 0, 8));
        var zip = new ZipLayout(List.of(tooShort, ENTRY));
        var out = new ByteArrayOutputStream();

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> zip.writeTo(out, 0, zip.length()))
                .withMessage("a.json ended 2 bytes before byte 10 of 10");
        assertThat(out.toString(UTF_8)).startsWith("PK").endsWith("some byt").doesNotContain("some bytes");
    }

    @Test
    void anEndlessContentIsReadToItsSize() {
        var tooLong = Zips.withContent(
                ENTRY, (offset, length) -> new ByteArrayInputStream("some bytes and more".getBytes(UTF_8)));

        assertThat(Zips.bytes(new ZipLayout(List.of(tooLong)))).isEqualTo(Zips.bytes(new ZipLayout(List.of(ENTRY))));
    }

    @Test
    void aContentIsClosedWhenTheReceiverDisconnects() {
        var closed = new ArrayList<String>();
        var zip = new ZipLayout(List.of(Zips.withContent(
                ENTRY, (offset, length) -> new FilterInputStream(ENTRY.content().open(offset, length)) {
                    @Override
                    public void close() {
                        closed.add("content");
                    }
                })));
        var gone = new OutputStream() {
            private int header = 30 + "a.json".length() + 9;

            @Override
            public void write(int b) throws IOException {
                if (header-- == 0) {
                    throw new IOException("connection reset");
                }
            }
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> zip.writeTo(gone, 0, zip.length()))
                .withMessage("connection reset");
        assertThat(closed).containsExactly("content");
    }

    @Test
    void aNameLongerThanTheFormatAllowsIsRefused() {
        new ZipLayout(List.of(Zips.renamed(ENTRY, "ü".repeat(32_767))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ZipLayout(List.of(Zips.renamed(ENTRY, "ü".repeat(32_768)))));
    }

    @Test
    void theSameEntriesGiveTheSameBytesAndTheSameStrongETag() {
        assertThat(Zips.bytes(Zips.sample())).isEqualTo(Zips.bytes(Zips.sample()));
        assertThat(Zips.sample().etag()).isEqualTo(Zips.sample().etag()).matches("\"[0-9a-f]{64}\"");
    }

    static List<UnaryOperator<ZipEntryData>> changes() {
        return List.of(
                e -> Zips.renamed(e, "b.json"),
                e -> entry(e.modifiedAt().plusSeconds(2), e.compressedSize(), e.size(), e.crc32(), e.digest()),
                e -> entry(e.modifiedAt(), e.compressedSize() + 1, e.size(), e.crc32(), e.digest()),
                e -> entry(e.modifiedAt(), e.compressedSize(), e.size() + 1, e.crc32(), e.digest()),
                e -> entry(e.modifiedAt(), e.compressedSize(), e.size(), e.crc32() + 1, e.digest()),
                e -> entry(e.modifiedAt(), e.compressedSize(), e.size(), e.crc32(), "another"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anyChangeOfAnEntryChangesTheETag(UnaryOperator<ZipEntryData> change) {
        String etag = new ZipLayout(List.of(ENTRY, ENTRY)).etag();

        assertThat(new ZipLayout(List.of(change.apply(ENTRY), ENTRY)).etag()).isNotEqualTo(etag);
        assertThat(new ZipLayout(List.of(ENTRY, change.apply(ENTRY))).etag()).isNotEqualTo(etag);
    }

    @Test
    void anotherFileInMemoryChangesTheETag() {
        String etag = ofText("one").etag();

        assertThat(ofText("one").etag()).isEqualTo(etag);
        assertThat(ofText("two").etag()).isNotEqualTo(etag);
    }

    private static ZipLayout ofText(String text) {
        return new ZipLayout(List.of(ZipEntryData.deflate("README.md", Zips.DATE, text.getBytes(UTF_8))));
    }

    private static ZipEntryData entry(Instant modifiedAt, long compressedSize, long size, long crc32, String digest) {
        return new ZipEntryData(ENTRY.name(), modifiedAt, compressedSize, size, crc32, digest, ENTRY.content());
    }
}
