package com.redhat.cloud.exports.upload.validation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Nearly valid bodies: known ones, cut, spliced, and sprinkled with bytes that matter to the grammar. */
final class Mutations {

    /** Characters at the edges of UTF-8, parts of them, and sequences that only a careless decoder accepts. */
    private static final List<byte[]> BYTES = Stream.of(
                    ("c3a9 e282ac f09f9880 c280 efbfbf f48fbfbf efbbbf c2a0 e280a8 c3 e2 e282 f09f "
                                    + "80 bf c080 e08080 eda080 f0808080 f4908080 f8 ff 00 1f 7f")
                            .split(" "))
            .map(HexFormat.of()::parseHex)
            .toList();

    private final Random random;
    private final List<byte[]> bodies;
    private final List<byte[]> pieces;

    /** @param pieces tokens of the grammar to insert often, in the notation of the cases */
    Mutations(long seed, List<byte[]> bodies, String pieces) {
        this.random = new Random(seed);
        this.bodies = bodies;
        this.pieces = Stream.of(pieces.split("\\s+"))
                .map(piece -> ContentCase.parse(piece).body())
                .toList();
    }

    byte[] next() {
        byte[] body = any(bodies);
        for (int n = random.nextInt(4); n > 0; n--) {
            body = mutate(body);
        }
        return body;
    }

    /** Returns up to four indices at which to cut a body, in order. */
    int[] cuts(byte[] body) {
        return random.ints(random.nextInt(5), 0, body.length + 1).sorted().toArray();
    }

    private byte[] mutate(byte[] body) {
        int from = random.nextInt(body.length + 1);
        int to = Math.min(body.length, from + random.nextInt(4));
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(body, from);
            case 1 -> Arrays.copyOfRange(body, from, body.length);
            case 2, 3 -> splice(body, from, new byte[0], to);
            case 4 -> splice(body, to, Arrays.copyOfRange(body, from, to), to);
            case 5 -> splice(body, from, new byte[] {(byte) random.nextInt(256)}, Math.min(body.length, from + 1));
            case 6 -> splice(body, from, any(BYTES), from);
            case 7 -> splice(body, from, any(bodies), to);
            default -> splice(body, from, any(pieces), random.nextBoolean() ? from : to);
        };
    }

    static byte[] splice(byte[] body, int from, byte[] middle, int to) {
        var spliced = new ByteArrayOutputStream();
        spliced.write(body, 0, from);
        spliced.writeBytes(middle);
        spliced.write(body, to, body.length - to);
        return spliced.toByteArray();
    }

    private byte[] any(List<byte[]> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Decodes UTF-8 without a byte order mark by the JDK; empty if it is invalid. */
    static Optional<String> decode(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static String show(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1) + " "
                + HexFormat.of().formatHex(body);
    }
}
