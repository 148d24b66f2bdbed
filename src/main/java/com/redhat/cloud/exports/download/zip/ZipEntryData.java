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
 * @param modifiedAt in whole seconds; where a reader knows the zip format of 1989 only, UTC with a resolution of two seconds
 * @param compressedSize bytes of the raw deflate stream
 * @param size bytes of the file
 * @param crc32 of the file, in the lower 32 bits
 * @param digest such as a SHA-256: part of the ETag, since sizes and CRC-32 alone do not identify a content
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

    /** Deflates a small file that is in memory. */
    public static ZipEntryData deflate(String name, Instant modifiedAt, byte[] file) {
        byte[] deflated = rawDeflate(file);
        var crc32 = new CRC32();
        crc32.update(file);
        // Of the deflated bytes, since another zlib may produce other bytes of the same length.
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
