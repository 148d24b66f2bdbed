package com.redhat.cloud.exports.export;

import java.util.Locale;

/** The status of a source: waiting for its application, or answered with data or an error. */
public enum SourceStatus {
    PENDING,
    COMPLETE,
    FAILED;

    public boolean acceptsResult() {
        return this == PENDING;
    }

    /** Parses the name in the database and on the wire. The former service wrote {@code success} for a time. */
    public static SourceStatus of(String wireName) {
        return wireName.equals("success") ? COMPLETE : valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
