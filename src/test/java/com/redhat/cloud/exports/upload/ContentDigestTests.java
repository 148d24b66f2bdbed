package com.redhat.cloud.exports.upload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ContentDigestTests {

    /** The check value of CRC-32, and the example of FIPS 180-4 for SHA-256. */
    @Test
    void sumsMatchTheStandards() {
        ContentDigest digits = new ContentDigest();
        digits.update("1234".getBytes(US_ASCII), 0, 4);
        digits.update("56789, and what is left in the block".getBytes(US_ASCII), 0, 5);
        assertThat(digits.size()).isEqualTo(9);
        assertThat(digits.crc32()).isEqualTo(0xcbf43926L);

        ContentDigest abc = new ContentDigest();
        abc.update("abc".getBytes(US_ASCII), 0, 3);
        assertThat(hex(abc)).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void anEmptyBodyHasSums() {
        ContentDigest nothing = new ContentDigest();
        assertThat(nothing.size()).isZero();
        assertThat(nothing.crc32()).isZero();
        assertThat(hex(nothing)).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    private static String hex(ContentDigest digest) {
        return HexFormat.of().formatHex(digest.sha256());
    }
}
