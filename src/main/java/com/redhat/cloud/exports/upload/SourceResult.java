package com.redhat.cloud.exports.upload;

/** The result of a source: its data, or why there is none. */
public sealed interface SourceResult {

    /**
     * Data that has been stored.
     *
     * @param storageKey of the object, one raw deflate stream
     * @param size bytes as sent
     * @param deflatedSize bytes as stored
     * @param crc32 of the bytes as sent
     * @param sha256 of the bytes as sent
     */
    record Delivery(String storageKey, long size, long deflatedSize, long crc32, byte[] sha256)
            implements SourceResult {}

    /**
     * An error.
     *
     * @param code not 0
     * @param message not empty
     */
    record Failure(int code, String message) implements SourceResult {

        /** The same with a message of at most so many bytes of UTF-8, cut between characters. */
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
