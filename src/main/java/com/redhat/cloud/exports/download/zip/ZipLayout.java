package com.redhat.cloud.exports.download.zip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The layout of a zip archive. Since every file's sizes and CRC-32 are known, so are the archive's length, its ETag and the
 * place of each part before a byte is sent. Any slice is composed on the fly; no file is held in memory.
 *
 * <p>The same entries give the same bytes on every machine. Immutable.
 */
public final class ZipLayout {

    private static final int BUFFER_SIZE = 64 * 1024;

    /** Bytes {@code [offset, offset + length)} of the archive; {@code name} is for errors. */
    private record Part(String name, long offset, long length, ContentSource content) {

        long end() {
            return offset + length;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final String etag;

    /** @throws IllegalArgumentException if a name is longer than the format allows */
    public ZipLayout(List<ZipEntryData> entries) {
        MessageDigest digest = Sha256.newDigest();
        var headerOffsets = new long[entries.size()];
        for (int i = 0; i < headerOffsets.length; i++) {
            ZipEntryData entry = entries.get(i);
            headerOffsets[i] = length();
            addRecord(ZipRecords.localHeader(entry), digest);
            add(entry.name(), entry.compressedSize(), entry.content());
            digest.update(entry.digest().getBytes(UTF_8));
        }
        long directoryOffset = length();
        for (int i = 0; i < headerOffsets.length; i++) {
            addRecord(ZipRecords.centralHeader(entries.get(i), headerOffsets[i]), digest);
        }
        addRecord(ZipRecords.end(entries.size(), directoryOffset, length() - directoryOffset), digest);
        etag = '"' + HexFormat.of().formatHex(digest.digest()) + '"';
    }

    /** The archive's length in bytes. */
    public long length() {
        return parts.isEmpty() ? 0 : parts.getLast().end();
    }

    /** A strong entity tag (RFC 9110 section 8.8.3), with its quotes: it changes with every byte of the archive. */
    public String etag() {
        return etag;
    }

    /**
     * Writes the bytes {@code [offset, offset + length)} of the archive. Opens only contents within it, one after the other,
     * each for exactly the bytes needed. Does not close or flush {@code out}.
     *
     * @throws IOException if {@code out} or a content fails; an {@link EOFException} if a content ends too early. Fewer than
     *     {@code length} bytes have been written then, so the receiver notices.
     * @throws IndexOutOfBoundsException if the slice lies outside the archive
     */
    public void writeTo(OutputStream out, long offset, long length) throws IOException {
        Objects.checkFromIndexSize(offset, length, length());
        var buffer = new byte[BUFFER_SIZE];
        long end = offset + length;
        for (Part part : parts) {
            long from = Math.max(offset, part.offset());
            long to = Math.min(end, part.end());
            if (from < to) {
                copy(part, from - part.offset(), to - from, out, buffer);
            }
        }
    }

    private static void copy(Part part, long offset, long length, OutputStream out, byte[] buffer) throws IOException {
        try (InputStream in = part.content().open(offset, length)) {
            for (long remaining = length; remaining > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, remaining));
                if (read < 0) {
                    throw new EOFException("%s ended %d bytes before byte %d of %d"
                            .formatted(part.name(), remaining, offset + length, part.length()));
                }
                out.write(buffer, 0, read);
                remaining -= read;
            }
        }
    }

    private void addRecord(byte[] bytes, MessageDigest digest) {
        add("zip record", bytes.length, ContentSource.of(bytes));
        digest.update(bytes);
    }

    private void add(String name, long length, ContentSource content) {
        parts.add(new Part(name, length(), length, content));
    }
}
