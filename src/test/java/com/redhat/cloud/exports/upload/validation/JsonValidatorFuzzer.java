package com.redhat.cloud.exports.upload.validation;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Compares JSON, whole and in pieces, with Jackson. */
public final class JsonValidatorFuzzer {

    private JsonValidatorFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            JsonValidatorDifferentialTests.requireAgreement(input, Feeding.eachByte(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
