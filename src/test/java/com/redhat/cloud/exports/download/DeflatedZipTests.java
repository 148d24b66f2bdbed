package com.redhat.cloud.exports.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.download.zip.ContentSource;
import com.redhat.cloud.exports.download.zip.ExternalTool;
import com.redhat.cloud.exports.download.zip.ZipEntryData;
import com.redhat.cloud.exports.download.zip.ZipLayout;
import com.redhat.cloud.exports.download.zip.ZipReadersTests;
import com.redhat.cloud.exports.download.zip.Zips;
import com.redhat.cloud.exports.platform.compression.Bodies;
import com.redhat.cloud.exports.platform.compression.Compression;
import com.redhat.cloud.exports.platform.config.UploadProperties.DeflaterChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Other software reads what uploads are deflated to. */
class DeflatedZipTests {

    @TempDir
    private static Path directory;

    private static final Map<String, byte[]> BODIES = Bodies.all();
    private static final Map<DeflaterChoice, Path> ARCHIVES = new EnumMap<>(DeflaterChoice.class);

    /** By name: what AUTO takes depends on the machine. */
    static Stream<DeflaterChoice> choices() {
        return Stream.of(DeflaterChoice.ISAL, DeflaterChoice.PARALLEL, DeflaterChoice.JDK);
    }

    /** The archive of all bodies, deflated in this way and no other. */
    private static Path archive(DeflaterChoice choice) {
        Bodies.assumeWorks(choice);
        return ARCHIVES.computeIfAbsent(choice, DeflatedZipTests::write);
    }

    private static Path write(DeflaterChoice choice) {
        List<ZipEntryData> entries = new ArrayList<>();
        try (Compression compression = Bodies.compression(choice)) {
            BODIES.forEach((name, body) -> entries.add(entry(name, body, Bodies.deflate(compression, body))));
            return Zips.write(new ZipLayout(entries), directory.resolve(choice + ".zip"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One by one, so that a reader or a library that is missing keeps no other from its test. */
    static Stream<Arguments> readersAndChoices() {
        return Stream.of(ZipReadersTests.Reader.values())
                .flatMap(reader -> choices().map(choice -> Arguments.of(reader, choice)));
    }

    @ParameterizedTest
    @MethodSource("readersAndChoices")
    void everyReaderFindsWhatWasDeflated(ZipReadersTests.Reader reader, DeflaterChoice choice) throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        BODIES.forEach((name, body) -> expected.put(name, sha256(body)));
        assertThat(reader.read(archive(choice))).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void unzipFindsNoErrors(DeflaterChoice choice) throws Exception {
        assertThat(ExternalTool.run("unzip", "-t", archive(choice).toString())).contains("No errors detected");
    }

    @ParameterizedTest
    @MethodSource("choices")
    void sevenZipFindsNoErrors(DeflaterChoice choice) throws Exception {
        assertThat(ExternalTool.runSevenZip("t", archive(choice).toString()))
                .contains("Everything is Ok", "Files: " + BODIES.size())
                .doesNotContainIgnoringCase("warning");
    }

    @ParameterizedTest
    @MethodSource("choices")
    void bsdtarUnpacksEveryFileAsItWas(DeflaterChoice choice) throws Exception {
        Path unpacked = Files.createDirectory(directory.resolve("unpacked-" + choice));
        ExternalTool.run("bsdtar", "-xf", archive(choice).toString(), "-C", unpacked.toString());
        BODIES.forEach((name, body) -> assertThat(unpacked.resolve(name)).hasBinaryContent(body));
    }

    private static ZipEntryData entry(String name, byte[] body, byte[] deflated) {
        var crc32 = new CRC32();
        crc32.update(body);
        return new ZipEntryData(
                name,
                Zips.DATE,
                deflated.length,
                body.length,
                crc32.getValue(),
                sha256(deflated),
                ContentSource.of(deflated));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
