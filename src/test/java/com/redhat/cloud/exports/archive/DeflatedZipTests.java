package com.redhat.cloud.exports.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.config.ExportProperties.DeflaterChoice;
import com.redhat.cloud.exports.deflate.Bodies;
import com.redhat.cloud.exports.deflate.Deflaters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the deflaters of uploads write is read as it was by software that others wrote. */
class DeflatedZipTests {

    @TempDir
    private static Path directory;

    private static final Map<String, byte[]> BODIES = Bodies.all();
    private static final Map<DeflaterChoice, Path> ARCHIVES = new EnumMap<>(DeflaterChoice.class);

    /** The archive of all bodies, deflated in this way and no other. */
    private static Path archive(DeflaterChoice choice) {
        Bodies.assumeWorks(choice);
        return ARCHIVES.computeIfAbsent(choice, DeflatedZipTests::write);
    }

    private static Path write(DeflaterChoice choice) {
        List<ZipEntryData> entries = new ArrayList<>();
        try (Deflaters deflaters = Bodies.deflaters(choice)) {
            BODIES.forEach((name, body) -> entries.add(entry(name, body, Bodies.deflate(deflaters, body))));
            return Zips.write(new ZipLayout(entries), directory.resolve(choice + ".zip"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ISAL", "PARALLEL", "JDK"})
    void everyReaderFindsWhatWasDeflated(DeflaterChoice choice) throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        BODIES.forEach((name, body) -> expected.put(name, sha256(body)));
        Path archive = archive(choice);
        for (ZipReadersTests.Reader reader : ZipReadersTests.Reader.values()) {
            assertThat(reader.read(archive)).as(reader.name()).containsExactlyEntriesOf(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ISAL", "PARALLEL", "JDK"})
    void unzipFindsNoErrors(DeflaterChoice choice) throws Exception {
        assertThat(ExternalTool.run("unzip", "-t", archive(choice).toString())).contains("No errors detected");
    }

    @ParameterizedTest
    @EnumSource(names = {"ISAL", "PARALLEL", "JDK"})
    void sevenZipFindsNoErrors(DeflaterChoice choice) throws Exception {
        assertThat(ExternalTool.runSevenZip("t", archive(choice).toString()))
                .contains("Everything is Ok", "Files: " + BODIES.size())
                .doesNotContainIgnoringCase("warning");
    }

    @ParameterizedTest
    @EnumSource(names = {"ISAL", "PARALLEL", "JDK"})
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
        return HexFormat.of().formatHex(Sha256.newDigest().digest(bytes));
    }
}
