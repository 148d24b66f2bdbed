package com.redhat.cloud.exports.export;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.util.UUID;

/** There is no such export, or it is another tenant's, or it has expired: the caller is not told which. */
public final class ExportNotFoundException extends ServiceException {

    private ExportNotFoundException(String message) {
        super(Kind.NOT_FOUND, message);
    }

    public static ExportNotFoundException of(UUID exportId) {
        return new ExportNotFoundException("record '%s' not found".formatted(exportId));
    }
}
