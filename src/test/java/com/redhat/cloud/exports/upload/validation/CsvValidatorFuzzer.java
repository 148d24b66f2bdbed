package com.redhat.cloud.exports.upload.validation;

/** An upload of CSV, whole and in pieces, against Commons CSV. */
public final class CsvValidatorFuzzer {

    private CsvValidatorFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        CsvValidatorDifferentialTests.requireAgreement(input, Feeding.eachByte(input));
    }
}
