package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** The object store does not answer, or not as it should. The request may be sent again. */
public final class StorageUnavailableException extends ServiceException {

    private StorageUnavailableException(String message, Throwable cause) {
        super(Kind.UNAVAILABLE, message, cause);
    }

    static StorageUnavailableException of(String action, Throwable cause) {
        return new StorageUnavailableException("the object store cannot " + action + " at the moment", cause);
    }
}
