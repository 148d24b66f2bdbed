package com.redhat.cloud.exports.upload;

import org.jspecify.annotations.Nullable;

/** The result of a source: its data, or an error. */
public sealed interface SourceResult {

    /**
     * Stored data.
     *
     * @param storageKey key of the object, which is one raw deflate stream
     * @param size bytes before deflation; {@code crc32} and {@code sha256} are of these
     * @param deflatedSize bytes of the object
     * @param byteOrderMark whether the data starts with that of UTF-8
     * @param delimiter what separates the fields of CSV; null if it is not known, or for another format
     */
    record Delivery(
            String storageKey,
            long size,
            long deflatedSize,
            long crc32,
            byte[] sha256,
            boolean byteOrderMark,
            @Nullable String delimiter)
            implements SourceResult {}

    /**
     * An error.
     *
     * @param code not 0
     * @param message not empty
     */
    record Failure(int code, String message) implements SourceResult {

        /** Cuts the message to at most this many bytes of UTF-8, between characters. */
        Failure cutTo(int bytes) {
            int length = 0;
            for (int end = 0; end < message.length(); ) {
                int character = message.codePointAt(end);
                length += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
                if (length > bytes) {
                    return new Failure(code, message.substring(0, end));
                }
                end += Character.charCount(character);
            }
            return this;
        }
    }
}
