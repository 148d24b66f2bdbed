package com.redhat.cloud.exports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecodedBodyTests {

    private static final int RATIO = 200;

    private static byte[] encode(ContentCoding coding, byte[] data) throws IOException {
        if (coding == ContentCoding.ZSTD) {
            return Zstd.compress(data);
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(encoded)) {
            out.write(data);
        }
        return encoded.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aBodyThatInflatesTooMuchIsRefusedBeforeItsEnd(ContentCoding coding) throws IOException {
        byte[] bomb = encode(coding, new byte[64 * 1024 * 1024]);
        try (DecodedBody body = new DecodedBody(coding, new ByteArrayInputStream(bomb), RATIO)) {
            byte[] block = new byte[64 * 1024];
            long[] size = {0};
            assertThatThrownBy(() -> {
                        for (int read = body.read(block); read >= 0; read = body.read(block)) {
                            size[0] += read;
                        }
                    })
                    .isInstanceOfSatisfying(
                            ServiceException.class,
                            e -> assertThat(e.kind()).isEqualTo(ServiceException.Kind.TOO_LARGE));
            assertThat(size[0]).isLessThan(bomb.length * (RATIO + 1L) + 2 * 1024 * 1024);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aSmallBodyMayInflateToAnySize(ContentCoding coding) throws IOException {
        byte[] data = new byte[1024 * 1024];
        try (DecodedBody body = new DecodedBody(coding, new ByteArrayInputStream(encode(coding, data)), RATIO)) {
            assertThat(body.readAllBytes()).isEqualTo(data);
        }
    }

    /** A window of 128 MiB would have to be in memory. */
    @Test
    void aLargeWindowIsRefused() throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        byte[] data = new byte[32 * 1024 * 1024];
        new Random(7).nextBytes(data);
        try (var out = new com.github.luben.zstd.ZstdOutputStream(encoded, 1)) {
            out.setLong(27);
            out.write(data);
        }
        try (DecodedBody body =
                new DecodedBody(ContentCoding.ZSTD, new ByteArrayInputStream(encoded.toByteArray()), RATIO)) {
            assertThatThrownBy(body::readAllBytes).hasMessage("the body is not valid zstd");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aConnectionThatBreaksIsNoFaultOfTheCoding(ContentCoding coding) throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
        try (DecodedBody body = new DecodedBody(coding, broken, RATIO)) {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessage("reset");
        }
    }
}
