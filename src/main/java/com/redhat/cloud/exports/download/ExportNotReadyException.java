package com.redhat.cloud.exports.download;

import java.util.UUID;

/** The export is not finished, or has nothing to download. */
public final class ExportNotReadyException extends RuntimeException {

    private ExportNotReadyException(String message) {
        super(message);
    }

    static ExportNotReadyException of(UUID exportId) {
        return new ExportNotReadyException("'%s' is not ready for download".formatted(exportId));
    }
}
