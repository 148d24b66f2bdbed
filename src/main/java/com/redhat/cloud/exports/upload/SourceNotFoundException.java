package com.redhat.cloud.exports.upload;

import java.util.UUID;

/** The export lives, but has no such source. */
public final class SourceNotFoundException extends RuntimeException {

    private SourceNotFoundException(String message) {
        super(message);
    }

    static SourceNotFoundException of(UUID sourceId) {
        return new SourceNotFoundException("source `%s` not found".formatted(sourceId));
    }
}
