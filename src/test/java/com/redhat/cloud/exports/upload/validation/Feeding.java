package com.redhat.cloud.exports.upload.validation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Feeds a body to a validator in pieces and returns its verdict. */
final class Feeding {

    /** Bytes around each piece that would change the state if they were read. */
    private static final byte[] SURROUNDINGS = "plain text\",[{\n".getBytes(StandardCharsets.US_ASCII);

    private Feeding() {}

    /** Returns the fault that the validator finds in a body cut at these indices, if any. */
    static Optional<String> fault(ContentValidator validator, byte[] body, int... cuts) {
        try {
            int from = 0;
            for (int cut : cuts) {
                accept(validator, body, from, cut);
                from = cut;
            }
            accept(validator, body, from, body.length);
            validator.finish();
            return Optional.empty();
        } catch (InvalidContentException e) {
            return Optional.of(e.getMessage());
        }
    }

    static int[] eachByte(byte[] body) {
        int[] cuts = new int[body.length];
        Arrays.setAll(cuts, i -> i);
        return cuts;
    }

    /** Puts a piece between foreign bytes, and overwrites it afterwards. */
    private static void accept(ContentValidator validator, byte[] body, int from, int end)
            throws InvalidContentException {
        int length = end - from;
        byte[] block = new byte[SURROUNDINGS.length + length + SURROUNDINGS.length];
        System.arraycopy(SURROUNDINGS, 0, block, 0, SURROUNDINGS.length);
        System.arraycopy(body, from, block, SURROUNDINGS.length, length);
        System.arraycopy(SURROUNDINGS, 0, block, SURROUNDINGS.length + length, SURROUNDINGS.length);
        validator.accept(block, SURROUNDINGS.length, length);
        Arrays.fill(block, (byte) '"');
    }
}
