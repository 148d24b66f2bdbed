package com.redhat.cloud.exports.platform.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Checks at the start that the library writes valid streams; otherwise users would be the first to notice. */
final class IsalVerification {

    private IsalVerification() {}

    /** @throws IllegalStateException when a deflated sample does not inflate to itself */
    static void run(Isal isal) {
        byte[] sample = sample();
        byte[] inflated = new byte[sample.length + 1];
        int position = 0;
        Inflater inflater = new Inflater(true);
        try (IsalBlockDeflater deflater = new IsalBlockDeflater(isal)) {
            InputStream body = new ByteArrayInputStream(sample);
            BlockBuffer block = new BlockBuffer();
            byte[] window = new byte[0];
            do {
                block.read(body, window);
                deflater.deflate(block);
                inflater.setInput(block.deflated, 0, block.deflatedLength);
                position += inflater.inflate(inflated, position, inflated.length - position);
                window = new byte[BlockBuffer.WINDOW];
                block.copyEnd(window);
            } while (!block.isLast());
            if (!inflater.finished() || !Arrays.equals(inflated, 0, position, sample, 0, sample.length)) {
                throw new IllegalStateException("a sample does not come back as it was");
            }
        } catch (IOException | DataFormatException e) {
            throw new IllegalStateException("a sample is not deflated to a stream", e);
        } finally {
            inflater.end();
        }
    }

    /** Two and a half blocks: digits, and in between bytes that do not deflate. */
    private static byte[] sample() {
        byte[] sample = new byte[2 * BlockBuffer.SIZE + BlockBuffer.SIZE / 2];
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
