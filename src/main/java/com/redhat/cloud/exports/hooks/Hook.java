package com.redhat.cloud.exports.hooks;

/** An event of an export for which a team may have a route. */
public enum Hook {
    EXPORT_CREATED("exportCreated"),
    /** By its application, or by the service on its behalf. */
    SOURCE_ANSWERED("sourceAnswered"),
    EXPORT_FINISHED("exportFinished"),
    EXPORT_EXPIRED("exportExpired");

    private final String wireName;

    Hook(String wireName) {
        this.wireName = wireName;
    }

    /** Returns its name in the database and in {@code direct:} endpoints. */
    String wireName() {
        return wireName;
    }
}
