package com.redhat.cloud.exports.chaos;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * The bytes of one result, unique and generated from a seed on demand.
 *
 * @param format {@code json} or {@code csv}
 * @param size about so many bytes
 */
record Payload(String format, int size, long seed) {

    private static final int RECORD = 2_400;

    byte[] bytes() {
        var random = new SplittableRandom(seed);
        var json = format.equals("json");
        var text = new StringBuilder(size + 2 * RECORD).append(json ? "[\n" : "number,value\r\n");
        int number = 0;
        do {
            var value = new byte[Math.min(RECORD, Math.max(size, 24)) * 3 / 4];
            random.nextBytes(value);
            var encoded = Base64.getEncoder().encodeToString(value);
            text.append(
                    json
                            ? "%s{\"number\":%d,\"value\":\"%s\"}".formatted(number == 0 ? "" : ",\n", number, encoded)
                            : "%d,\"%s\"\r\n".formatted(number, encoded));
            number++;
        } while (text.length() < size);
        return text.append(json ? "\n]\n" : "").toString().getBytes(StandardCharsets.US_ASCII);
    }

    String sha256() {
        return sha256(bytes());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
