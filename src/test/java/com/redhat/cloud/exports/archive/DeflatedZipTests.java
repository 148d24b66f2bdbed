package com.redhat.cloud.exports.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.config.ExportProperties.DeflaterChoice;
import com.redhat.cloud.exports.deflate.Bodies;
import com.redhat.cloud.exports.deflate.Deflaters;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "PARALLEL", "JDK"})
    void everyReaderFindsWhatWasDeflated(DeflaterChoice choice) throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        List<ZipEntryData> entries = new ArrayList<>();
        try (Deflaters deflaters = Bodies.deflaters(choice)) {
            Bodies.all().forEach((name, body) -> {
                String sha256 = HexFormat.of().formatHex(Sha256.newDigest().digest(body));
                expected.put(name, sha256);
                entries.add(entry(name, body, Bodies.deflate(deflaters, body), sha256));
            });
        }
        Path archive = Zips.write(new ZipLayout(entries), directory.resolve("deflated.zip"));

        for (ZipReadersTests.Reader reader : ZipReadersTests.Reader.values()) {
            assertThat(reader.read(archive)).as(reader.name()).containsExactlyEntriesOf(expected);
        }
        assertThat(ExternalTool.run("unzip", "-t", archive.toString())).contains("No errors detected");
        assertThat(ExternalTool.run("7z", "t", archive.toString()))
                .contains("Everything is Ok", "Files: " + expected.size())
                .doesNotContainIgnoringCase("warning");
        ExternalTool.run("bsdtar", "-xf", archive.toString(), "-C", directory.toString());
        for (String name : expected.keySet()) {
            assertThat(directory.resolve(name)).hasBinaryContent(Bodies.all().get(name));
        }
    }

    private static ZipEntryData entry(String name, byte[] body, byte[] deflated, String sha256) {
        var crc32 = new CRC32();
        crc32.update(body);
        return new ZipEntryData(
                name, Zips.DATE, deflated.length, body.length, crc32.getValue(), sha256, ContentSource.of(deflated));
    }
}
