package com.redhat.cloud.exports.upload.validation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Feeds a body to a checker in pieces and says what the checker thinks of it. */
final class Feeding {

    /** Text that tempts to read on, and then what would change the state. */
    private static final byte[] SURROUNDINGS = "plain text\",[{\n".getBytes(StandardCharsets.US_ASCII);

    private Feeding() {}

    /** The fault that the checker finds, or nothing, if the body comes in pieces that are cut at these indices. */
    static Optional<String> fault(ContentValidator checker, byte[] body, int... cuts) {
        try {
            int from = 0;
            for (int cut : cuts) {
                accept(checker, body, from, cut);
                from = cut;
            }
            accept(checker, body, from, body.length);
            checker.finish();
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

    /** Each piece lies between bytes that are not part of it, and is gone afterwards. */
    private static void accept(ContentValidator checker, byte[] body, int from, int end)
            throws InvalidContentException {
        int length = end - from;
        byte[] block = new byte[SURROUNDINGS.length + length + SURROUNDINGS.length];
        System.arraycopy(SURROUNDINGS, 0, block, 0, SURROUNDINGS.length);
        System.arraycopy(body, from, block, SURROUNDINGS.length, length);
        System.arraycopy(SURROUNDINGS, 0, block, SURROUNDINGS.length + length, SURROUNDINGS.length);
        checker.accept(block, SURROUNDINGS.length, length);
        Arrays.fill(block, (byte) '"');
    }
}
