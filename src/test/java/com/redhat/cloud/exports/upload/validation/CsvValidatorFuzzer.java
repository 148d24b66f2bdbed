package com.redhat.cloud.exports.upload.validation;

/** Compares CSV, whole and in pieces, with Commons CSV. */
public final class CsvValidatorFuzzer {

    private CsvValidatorFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        CsvValidatorDifferentialTests.requireAgreement(input, Feeding.eachByte(input));
    }
}
