package com.redhat.cloud.exports.upload.validation;

/** An upload of CSV, whole and in pieces, against Commons CSV. */
public final class CsvCheckerFuzzer {

    private CsvCheckerFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        CsvCheckerDifferentialTests.requireAgreement(input, Feeding.eachByte(input));
    }
}
