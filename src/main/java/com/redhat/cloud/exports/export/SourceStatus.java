package com.redhat.cloud.exports.export;

/** The status of a source: waiting for its application, or answered with data or an error. */
public enum SourceStatus {
    PENDING,
    COMPLETE,
    FAILED;

    public boolean acceptsResult() {
        return this == PENDING;
    }

    /**
     * Parses the name in the database. The former service wrote {@code success} for a time. A name that is not known, which
     * another program may have written, counts as failed: nothing can be delivered.
     */
    public static SourceStatus of(String wireName) {
        return switch (wireName) {
            case "pending" -> PENDING;
            case "complete", "success" -> COMPLETE;
            default -> FAILED;
        };
    }
}
