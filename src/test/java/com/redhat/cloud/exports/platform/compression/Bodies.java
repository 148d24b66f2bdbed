package com.redhat.cloud.exports.platform.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.Settings;
import com.redhat.cloud.exports.platform.config.UploadProperties;
import com.redhat.cloud.exports.platform.config.UploadProperties.DeflaterChoice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Bodies, and ways to deflate them as uploads do. */
public final class Bodies {

    /** The name of a library that does not exist. */
    static final String NO_LIBRARY = "libnosuchthing.so.2";

    private Bodies() {}

    /** Returns bodies of every kind, by name. */
    public static Map<String, byte[]> all() {
        var bodies = new LinkedHashMap<String, byte[]>();
        bodies.put("empty", new byte[0]);
        bodies.put("one-byte", "1".getBytes(UTF_8));
        bodies.put("tiny", "id,name\r\n1,one\r\n".getBytes(UTF_8));
        bodies.put("random", random(300_000));
        bodies.put("one-value", new byte[3 * BlockBuffer.SIZE]);
        bodies.put("block-but-one", text(BlockBuffer.SIZE - 1));
        bodies.put("one-block", text(BlockBuffer.SIZE));
        bodies.put("block-and-one", text(BlockBuffer.SIZE + 1));
        bodies.put("two-blocks", random(2 * BlockBuffer.SIZE));
        bodies.put("many-blocks", text(17 * BlockBuffer.SIZE + 4321));
        bodies.put("mixed", mixed());
        return bodies;
    }

    static byte[] text(int size) {
        Random random = new Random(size);
        String row = "{\"host\": \"node-%d.example.com\", \"up\": true, \"tags\": [\"a\", \"ü\", \"%x\"]},\n";
        byte[] text = IntStream.range(0, size / 60 + 1)
                .mapToObj(i -> row.formatted(i, random.nextLong()))
                .collect(Collectors.joining())
                .getBytes(UTF_8);
        return Arrays.copyOf(text, size);
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Alternates text and random bytes, so that consecutive blocks deflate differently. */
    private static byte[] mixed() {
        var mixed = new ByteArrayOutputStream();
        for (int i = 1; i < 8; i++) {
            mixed.writeBytes(i % 2 == 0 ? text(i * 100_003) : random(i * 50_021));
        }
        return mixed.toByteArray();
    }

    /** Deflates as on a machine with four cores. */
    public static Compression compression(DeflaterChoice choice) {
        String name = choice.name().toLowerCase(Locale.ROOT);
        return new Compression(Settings.of("EXPORT_DEFLATER", name).upload(), Isal.LIBRARY, 4);
    }

    static UploadProperties settings(String deflater, int level) {
        return Settings.of(Map.of("EXPORT_DEFLATER", deflater, "EXPORT_DEFLATE_LEVEL", String.valueOf(level)))
                .upload();
    }

    /** Skips the test if it needs ISA-L and there is none. */
    public static void assumeWorks(DeflaterChoice choice) {
        if (choice == DeflaterChoice.ISAL) {
            try {
                compression(choice).close();
            } catch (InvalidSettingException e) {
                assumeTrue(false, e.getMessage());
            }
        }
    }

    public static byte[] deflate(Compression compression, byte[] body) {
        var stored = new ByteArrayOutputStream();
        try {
            long size = deflate(compression, trickling(body), stored::write);
            assertThat(size).isEqualTo(stored.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stored.toByteArray();
    }

    /** Returns the bytes of the stream. */
    static long deflate(Compression compression, InputStream body, ParallelDeflater.Output output) throws IOException {
        try (ParallelDeflater deflater = compression.deflateTo(output)) {
            for (Block block : blocksOf(compression, body)) {
                deflater.accept(block, Bodies::ignore);
            }
            deflater.finish();
            return deflater.size();
        }
    }

    static Iterable<Block> blocksOf(Compression compression, InputStream body) {
        return compression.blocksOf(body, Long.MAX_VALUE, IllegalStateException::new);
    }

    /** Inspects nothing. */
    static void ignore(byte[] bytes, int offset, int length) {}

    /** Uses the JDK, even if ISA-L is available. */
    static byte[] deflate(UploadProperties settings, byte[] body) {
        try (Compression compression = new Compression(settings, NO_LIBRARY, 2)) {
            return deflate(compression, body);
        }
    }

    static byte[] inflate(byte[] stream) {
        var inflater = new Inflater(true);
        try (var in = new InflaterInputStream(new ByteArrayInputStream(stream), inflater)) {
            byte[] inflated = in.readAllBytes();
            assertThat(inflater.getBytesRead())
                    .as("one stream and nothing after it")
                    .isEqualTo(stream.length);
            return inflated;
        } catch (IOException e) {
            throw new AssertionError("no stream", e);
        } finally {
            inflater.end();
        }
    }

    /** Arrives in odd pieces, as from a connection. */
    private static InputStream trickling(byte[] body) {
        return new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 8_191));
            }

            @Override
            public int readNBytes(byte[] buffer, int offset, int length) {
                int read = 0;
                while (read < length) {
                    int count = read(buffer, offset + read, length - read);
                    if (count < 0) {
                        break;
                    }
                    read += count;
                }
                return read;
            }
        };
    }
}
