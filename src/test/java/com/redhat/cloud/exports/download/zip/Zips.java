package com.redhat.cloud.exports.download.zip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Test archives and access to their bytes. */
public final class Zips {

    public static final Instant DATE = Instant.parse("2024-09-12T12:27:58Z");

    private Zips() {}

    /** Files of every kind that an export has, by name. */
    static Map<String, byte[]> sampleFiles() {
        var random = new byte[150_000];
        new Random(7).nextBytes(random);
        var files = new LinkedHashMap<String, byte[]>();
        files.put("random.csv", random);
        files.put("text.json", "{\"key\": \"value\"}\n".repeat(20_000).getBytes(UTF_8));
        files.put("empty.csv", new byte[0]);
        files.put("tiny.json", "1".getBytes(UTF_8));
        files.put("Überblick-数据-🙂.json", "[\"ü\"]".getBytes(UTF_8));
        files.put("meta.json", "{}".getBytes(UTF_8));
        return files;
    }

    static ZipLayout sample() {
        return new ZipLayout(sampleFiles().entrySet().stream()
                .map(file -> trickling(ZipEntryData.deflate(file.getKey(), DATE, file.getValue())))
                .toList());
    }

    /** The given number of files of one character each. */
    static ZipLayout ofCount(int count) {
        ZipEntryData one = ZipEntryData.deflate("", DATE, "1".getBytes(UTF_8));
        return new ZipLayout(IntStream.range(0, count)
                .mapToObj(i -> renamed(one, "file-" + i + ".json"))
                .toList());
    }

    static ZipEntryData renamed(ZipEntryData entry, String name) {
        return new ZipEntryData(
                name,
                entry.modifiedAt(),
                entry.compressedSize(),
                entry.size(),
                entry.crc32(),
                entry.digest(),
                entry.content());
    }

    static ZipEntryData withContent(ZipEntryData entry, ContentSource content) {
        return new ZipEntryData(
                entry.name(),
                entry.modifiedAt(),
                entry.compressedSize(),
                entry.size(),
                entry.crc32(),
                entry.digest(),
                content);
    }

    /** The same entry from a source that, like a connection, returns fewer bytes than requested. */
    private static ZipEntryData trickling(ZipEntryData entry) {
        return withContent(
                entry, (offset, length) -> new FilterInputStream(entry.content().open(offset, length)) {
                    @Override
                    public int read(byte[] buffer, int from, int count) throws IOException {
                        return super.read(buffer, from, Math.min(count, 1_000));
                    }
                });
    }

    static byte[] bytes(ZipLayout zip) {
        return bytes(zip, 0, zip.length());
    }

    static byte[] bytes(ZipLayout zip, long offset, long length) {
        var out = new ByteArrayOutputStream();
        try {
            zip.writeTo(out, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static Path write(ZipLayout zip, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            zip.writeTo(out, 0, zip.length());
        }
        return file;
    }

    /** The first and the last bytes, with a hole between them that takes no disk space. */
    static Path writeSparse(ZipLayout zip, int tail, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(bytes(zip, 0, 4)));
            channel.write(ByteBuffer.wrap(bytes(zip, zip.length() - tail, tail)), zip.length() - tail);
        }
        return file;
    }

    /** The archive as a virtual file: each read is a slice. */
    static SliceChannel channel(ZipLayout zip) {
        return new SliceChannel(zip);
    }

    static InputStream stream(ZipLayout zip) {
        return Channels.newInputStream(channel(zip));
    }
}
