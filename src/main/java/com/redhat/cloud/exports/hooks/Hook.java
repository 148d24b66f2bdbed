package com.redhat.cloud.exports.hooks;

/** Something that happens to an export, and that a route may be told of. */
public enum Hook {
    EXPORT_CREATED("exportCreated"),
    /** By its application, or by the service in its stead. */
    SOURCE_ANSWERED("sourceAnswered"),
    EXPORT_FINISHED("exportFinished"),
    EXPORT_EXPIRED("exportExpired");

    private final String word;

    Hook(String word) {
        this.word = word;
    }

    /** The name in the database and of the {@code direct:} route. */
    String wireName() {
        return word;
    }
}
