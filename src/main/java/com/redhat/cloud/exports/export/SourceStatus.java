package com.redhat.cloud.exports.export;

import java.util.Locale;

/** Where a source stands: waiting for its application's answer, or answered with data or with an error. */
public enum SourceStatus {
    PENDING,
    COMPLETE,
    FAILED;

    public boolean acceptsResult() {
        return this == PENDING;
    }

    /** The word in the database and on the wire. The former service wrote {@code success} for a time. */
    public static SourceStatus of(String word) {
        return word.equals("success") ? COMPLETE : valueOf(word.toUpperCase(Locale.ROOT));
    }
}
