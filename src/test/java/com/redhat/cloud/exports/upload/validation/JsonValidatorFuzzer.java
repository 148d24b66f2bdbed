package com.redhat.cloud.exports.upload.validation;

import java.io.IOException;
import java.io.UncheckedIOException;

/** An upload of JSON, whole and in pieces, against Jackson. */
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
