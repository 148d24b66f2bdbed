package com.redhat.cloud.exports.export;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.util.UUID;

/** The export does not exist, belongs to another tenant or has expired; the caller is not told which. */
public final class ExportNotFoundException extends ServiceException {

    private ExportNotFoundException(String message) {
        super(Kind.NOT_FOUND, message);
    }

    public static ExportNotFoundException of(UUID exportId) {
        return new ExportNotFoundException("record '%s' not found".formatted(exportId));
    }
}
