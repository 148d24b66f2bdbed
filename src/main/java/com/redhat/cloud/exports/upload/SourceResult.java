package com.redhat.cloud.exports.upload;

/** What a source application has answered: its data, or why there is none. */
sealed interface SourceResult {

    /**
     * Data, stored.
     *
     * @param storageKey where, as one raw deflate stream
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

        /** The same with a message of at most so many bytes of UTF-8, cut before the character that has no room. */
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
