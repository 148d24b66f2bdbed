package com.redhat.cloud.exports.source;

/** What a source application has answered: its data, or why there is none. */
sealed interface Answer {

    /**
     * Data, stored.
     *
     * @param storageKey where, as one raw deflate stream
     * @param size bytes as sent
     * @param deflatedSize bytes as stored
     * @param crc32 of the bytes as sent
     * @param sha256 of the bytes as sent
     */
    record Delivery(String storageKey, long size, long deflatedSize, long crc32, byte[] sha256) implements Answer {}

    /**
     * An error.
     *
     * @param code not 0
     * @param message not empty
     */
    record Failure(int code, String message) implements Answer {}
}
