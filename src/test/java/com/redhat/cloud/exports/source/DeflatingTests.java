package com.redhat.cloud.exports.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeflatingTests {

    static Stream<byte[]> bodies() {
        var random = new byte[300_000];
        new Random(1).nextBytes(random);
        return Stream.of(
                new byte[0],
                "1".getBytes(UTF_8),
                "id,name\r\n1,one\r\n".repeat(40_000).getBytes(UTF_8),
                random);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whatComesOutInflatesToWhatWentInAtEveryLevel(byte[] body) throws IOException {
        for (int level = 1; level <= 9; level++) {
            var stored = new ByteArrayOutputStream();
            long size = deflate(body, level, stored);
            assertThat(inflate(stored.toByteArray())).isEqualTo(body);
            assertThat(size).isEqualTo(stored.size());
        }
    }

    /** In blocks of odd lengths, each in the same array, as they come from a connection. */
    private static long deflate(byte[] body, int level, ByteArrayOutputStream stored) {
        try (Deflating deflating = new Deflating(stored::write, level)) {
            var block = new byte[65_521];
            for (int position = 0; position < body.length; position += block.length) {
                int length = Math.min(block.length, body.length - position);
                System.arraycopy(body, position, block, 0, length);
                deflating.write(block, length);
            }
            deflating.finish();
            return deflating.size();
        }
    }

    private static byte[] inflate(byte[] stream) throws IOException {
        var inflater = new Inflater(true);
        try (var in = new InflaterInputStream(new ByteArrayInputStream(stream), inflater)) {
            byte[] inflated = in.readAllBytes();
            assertThat(inflater.getBytesRead())
                    .as("one stream and nothing after it")
                    .isEqualTo(stream.length);
            return inflated;
        } finally {
            inflater.end();
        }
    }
}
