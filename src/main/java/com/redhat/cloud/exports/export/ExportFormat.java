package com.redhat.cloud.exports.export;

import java.util.Locale;
import java.util.Optional;

/** The format of every file of an export. */
public enum ExportFormat {
    CSV,
    JSON;

    /** The name in the database, on the wire and as a file extension. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty when there is no such format. Case-sensitive. */
    public static Optional<ExportFormat> of(String word) {
        return switch (word) {
            case "csv" -> Optional.of(CSV);
            case "json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }
}
