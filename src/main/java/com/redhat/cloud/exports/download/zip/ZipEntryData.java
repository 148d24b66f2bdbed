package com.redhat.cloud.exports.download.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * One file of the archive, already deflated.
 *
 * @param name the file's name, at most 65,535 bytes of UTF-8
 * @param modifiedAt the file's time, shown in UTC with a step of two seconds
 * @param compressedSize bytes of the raw deflate stream
 * @param size bytes of the file
 * @param crc32 of the file, in the lower 32 bits
 * @param digest tells this content from any other of the same sizes and CRC-32, such as its SHA-256; part of the ETag
 * @param content the raw deflate stream (RFC 1951: no zlib or gzip header)
 */
public record ZipEntryData(
        String name,
        Instant modifiedAt,
        long compressedSize,
        long size,
        long crc32,
        String digest,
        ContentSource content) {

    /** An entry from a file that is small and in memory. */
    public static ZipEntryData deflate(String name, Instant modifiedAt, byte[] file) {
        byte[] deflated = rawDeflate(file);
        var crc32 = new CRC32();
        crc32.update(file);
        // Of the deflated bytes: another zlib may deflate the same file to other bytes of the same length.
        String digest = HexFormat.of().formatHex(Sha256.newDigest().digest(deflated));
        return new ZipEntryData(
                name, modifiedAt, deflated.length, file.length, crc32.getValue(), digest, ContentSource.of(deflated));
    }

    private static byte[] rawDeflate(byte[] file) {
        var deflated = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (var out = new DeflaterOutputStream(deflated, deflater)) {
            out.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return deflated.toByteArray();
    }
}
