package com.redhat.cloud.exports.platform.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Whether the library that was found does what is expected of it: a wrong stream would be noticed by a user, too late. */
final class IsalVerification {

    private IsalVerification() {}

    /** @throws IllegalStateException when what was deflated does not inflate to what it was */
    static void run(Isal isal) {
        byte[] sample = sample();
        byte[] inflated = new byte[sample.length + 1];
        int position = 0;
        Inflater inflater = new Inflater(true);
        try (IsalBlockDeflater deflater = new IsalBlockDeflater(isal)) {
            InputStream body = new ByteArrayInputStream(sample);
            @Nullable Block block = null;
            do {
                Block before = block;
                block = new Block();
                if (before != null) {
                    block.startAfter(before);
                }
                block.read(body);
                deflater.deflate(block);
                inflater.setInput(block.deflated, 0, block.deflatedLength);
                position += inflater.inflate(inflated, position, inflated.length - position);
            } while (!block.isLast());
            if (!inflater.finished() || !Arrays.equals(inflated, 0, position, sample, 0, sample.length)) {
                throw new IllegalStateException("a sample does not come back as it was");
            }
        } catch (IOException | DataFormatException e) {
            throw new IllegalStateException("a sample is deflated to what is no stream", e);
        } finally {
            inflater.end();
        }
    }

    /** Two and a half blocks: numbers, with some bytes in between that do not deflate. */
    private static byte[] sample() {
        byte[] sample = new byte[2 * Block.SIZE + Block.SIZE / 2];
        Random random = new Random(1);
        random.nextBytes(sample);
        for (int i = 0; i < sample.length; i++) {
            if (i / 50_000 % 3 != 2) {
                sample[i] = (byte) ('0' + (sample[i] & 7));
            }
        }
        return sample;
    }
}
