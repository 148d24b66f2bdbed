package com.redhat.cloud.exports.upload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/** Size, SHA-256 and CRC-32 of a body. */
final class ContentDigest {

    private final MessageDigest sha256;
    private final CRC32 crc32 = new CRC32();
    private long size;

    ContentDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void update(byte[] block, int offset, int length) {
        sha256.update(block, offset, length);
        crc32.update(block, offset, length);
        size += length;
    }

    /** Returns the bytes so far. */
    long size() {
        return size;
    }

    long crc32() {
        return crc32.getValue();
    }

    /** Ends the digest; may be called once. */
    byte[] sha256() {
        return sha256.digest();
    }
}
