package com.redhat.cloud.exports.export;

import java.util.UUID;

/** There is no such export, or it is another tenant's, or it has expired: the caller is not told which. */
public final class ExportNotFoundException extends RuntimeException {

    private ExportNotFoundException(String message) {
        super(message);
    }

    public static ExportNotFoundException of(UUID exportId) {
        return new ExportNotFoundException("record '%s' not found".formatted(exportId));
    }
}
