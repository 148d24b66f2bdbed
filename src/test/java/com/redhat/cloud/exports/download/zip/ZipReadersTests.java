package com.redhat.cloud.exports.download.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other software reads the archives. */
public class ZipReadersTests {

    /** Reads every file, which checks its CRC-32 too, and gives the contents' SHA-256 by name, in order. */
    public enum Reader {
        JAVA_STREAM {
            @Override
            public Map<String, String> read(Path archive) throws IOException {
                var files = new LinkedHashMap<String, String>();
                try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
                    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                        files.put(entry.getName(), sha256(zip.readAllBytes()));
                    }
                }
                return files;
            }
        },
        JAVA_FILE {
            @Override
            public Map<String, String> read(Path archive) throws IOException {
                var files = new LinkedHashMap<String, String>();
                try (var zip = new ZipFile(archive.toFile())) {
                    for (var entries = zip.entries().asIterator(); entries.hasNext(); ) {
                        var entry = entries.next();
                        try (InputStream content = zip.getInputStream(entry)) {
                            files.put(entry.getName(), sha256(content.readAllBytes()));
                        }
                    }
                }
                return files;
            }
        },
        COMMONS_STREAM {
            @Override
            public Map<String, String> read(Path archive) throws IOException {
                var files = new LinkedHashMap<String, String>();
                try (var zip = new ZipArchiveInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
                    for (ArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                        files.put(entry.getName(), sha256(zip.readAllBytes()));
                    }
                }
                return files;
            }
        },
        COMMONS_FILE {
            @Override
            public Map<String, String> read(Path archive) throws IOException {
                var files = new LinkedHashMap<String, String>();
                try (var zip = commonsZip(archive)) {
                    for (Enumeration<ZipArchiveEntry> entries = zip.getEntries(); entries.hasMoreElements(); ) {
                        ZipArchiveEntry entry = entries.nextElement();
                        try (InputStream content = zip.getInputStream(entry)) {
                            files.put(entry.getName(), sha256(content.readAllBytes()));
                        }
                    }
                }
                return files;
            }
        },
        PYTHON {
            @Override
            public Map<String, String> read(Path archive) throws IOException, InterruptedException {
                String script = """
                        import hashlib, sys, zipfile
                        sys.stdout.reconfigure(encoding="utf-8")
                        with zipfile.ZipFile(sys.argv[1]) as archive:
                            for info in archive.infolist():
                                print(hashlib.sha256(archive.read(info)).hexdigest(), info.filename)
                        """;
                var files = new LinkedHashMap<String, String>();
                ExternalTool.run("python3", "-c", script, archive.toString())
                        .lines()
                        .forEach(line -> files.put(line.substring(65), line.substring(0, 64)));
                return files;
            }
        };

        public abstract Map<String, String> read(Path archive) throws IOException, InterruptedException;
    }

    @TempDir
    private static Path directory;

    private static Path sample;
    private static Path manyFiles;
    private static Path noFiles;

    @BeforeAll
    static void writeArchives() throws IOException {
        sample = Zips.write(Zips.sample(), directory.resolve("sample.zip"));
        manyFiles = Zips.write(Zips.ofCount(70_000), directory.resolve("many.zip"));
        noFiles = Zips.write(Zips.ofCount(0), directory.resolve("none.zip"));
    }

    @ParameterizedTest
    @EnumSource
    void everyFileIsReadAsItWas(Reader reader) throws Exception {
        var expected = new LinkedHashMap<String, String>();
        Zips.sampleFiles().forEach((name, file) -> expected.put(name, sha256(file)));

        Map<String, String> files = reader.read(sample);

        assertThat(files).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest
    @EnumSource
    void moreFilesThanTwoBytesCanCountAreAllRead(Reader reader) throws Exception {
        Map<String, String> files = reader.read(manyFiles);

        assertThat(files).hasSize(70_000).containsEntry("file-69999.json", sha256(new byte[] {'1'}));
    }

    @ParameterizedTest
    @EnumSource
    void anArchiveWithoutFilesIsOne(Reader reader) throws Exception {
        assertThat(reader.read(noFiles)).isEmpty();
    }

    @Test
    void unzipFindsNoErrors() throws Exception {
        assertThat(ExternalTool.run("unzip", "-t", sample.toString())).contains("No errors detected");
        assertThat(ExternalTool.run("unzip", "-tqq", manyFiles.toString())).isEmpty();
    }

    @Test
    void sevenZipFindsNoErrors() throws Exception {
        assertThat(ExternalTool.runSevenZip("t", sample.toString()))
                .contains("Everything is Ok", "Files: 6")
                .doesNotContainIgnoringCase("warning");
        assertThat(ExternalTool.runSevenZip("t", manyFiles.toString()))
                .contains("Everything is Ok", "Files: 70000")
                .doesNotContainIgnoringCase("warning");
    }

    @Test
    void bsdtarReadsEveryFile() throws Exception {
        assertThat(ExternalTool.run("bsdtar", "-xOf", manyFiles.toString())).isEqualTo("1".repeat(70_000));
    }

    @Test
    void aFileIsARegularOneOfUnixThatAnyoneMayRead() throws Exception {
        try (var zip = commonsZip(sample)) {
            ZipArchiveEntry entry = zip.getEntry("text.json");

            assertThat(entry.getPlatform()).isEqualTo(ZipArchiveEntry.PLATFORM_UNIX);
            assertThat(entry.getUnixMode()).isEqualTo(UnixStat.FILE_FLAG | 0644);
            assertThat(entry.getMethod()).isEqualTo(ZipArchiveEntry.DEFLATED);
            assertThat(entry.getVersionRequired()).isEqualTo(20);
            assertThat(entry.getGeneralPurposeBit().usesUTF8ForNames()).isTrue();
            assertThat(entry.getGeneralPurposeBit().usesDataDescriptor()).isFalse();
        }
    }

    @Test
    void aFilesTimeIsThatOfTheExport() throws Exception {
        try (var zip = new ZipFile(sample.toFile());
                var commons = commonsZip(sample)) {
            assertThat(zip.getEntry("text.json").getLastModifiedTime().toInstant())
                    .isEqualTo(Zips.DATE);
            assertThat(commons.getEntry("text.json").getLastModifiedTime().toInstant())
                    .isEqualTo(Zips.DATE);
        }
    }

    private static final List<String> ZONES = List.of("UTC", "America/New_York", "Pacific/Auckland");

    /** Each extracts a file to the current directory. */
    static List<Arguments> extractors() {
        return List.of(
                arguments("unzip", "unzip -q %s"),
                arguments("bsdtar", "bsdtar -xf %s"),
                arguments(ExternalTool.sevenZip(), ExternalTool.sevenZip() + " x %s"));
    }

    /** An extracted file is as old as the export wherever it is extracted, and its name and mode are right. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("extractors")
    void extractedFilesHaveTheirTimeInEveryZone(String program, String command) throws Exception {
        for (String zone : ZONES) {
            Path target = Files.createTempDirectory(directory, "extracted");
            String script = "cd '%s' && umask 022 && TZ=%s LC_ALL=C.UTF-8 %s"
                    .formatted(target, zone, command.formatted("'" + sample + "'"));
            ExternalTool.runBy(program, List.of("sh", "-c", script));
            try (var files = Files.list(target)) {
                assertThat(files.toList())
                        .as("%s in %s", command, zone)
                        .hasSameSizeAs(Zips.sampleFiles().keySet())
                        .allSatisfy(file -> {
                            assertThat(Zips.sampleFiles())
                                    .containsKey(file.getFileName().toString());
                            assertThat(Files.getLastModifiedTime(file).toInstant())
                                    .isEqualTo(Zips.DATE);
                            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                    .isEqualTo("rw-r--r--");
                        });
            }
        }
    }

    /** Of an export of the former service that has no time, and of one that lives for long. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1970-01-01T00:00:00Z", "1980-01-01T00:00:00Z", "2038-01-19T03:14:08Z", "2200-01-01T00:00:00Z"})
    void timesAtTheEdgesOfTheFormatAreRead(Instant time) throws Exception {
        byte[] file = {'1'};
        Path archive = Zips.write(
                new ZipLayout(List.of(ZipEntryData.deflate("a", time, file))), directory.resolve("edge.zip"));
        for (Reader reader : Reader.values()) {
            assertThat(reader.read(archive)).containsExactly(Map.entry("a", sha256(file)));
        }
        assertThat(ExternalTool.run("unzip", "-t", archive.toString())).contains("No errors detected");
    }

    private static org.apache.commons.compress.archivers.zip.ZipFile commonsZip(Path archive) throws IOException {
        return org.apache.commons.compress.archivers.zip.ZipFile.builder()
                .setPath(archive)
                .get();
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.newDigest().digest(bytes));
    }
}
