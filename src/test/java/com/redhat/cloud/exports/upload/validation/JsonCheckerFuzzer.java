package com.redhat.cloud.exports.upload.validation;

import java.io.IOException;
import java.io.UncheckedIOException;

/** An upload of JSON, whole and in pieces, against Jackson. */
public final class JsonCheckerFuzzer {

    private JsonCheckerFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            JsonCheckerDifferentialTests.requireAgreement(input, Feeding.eachByte(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
