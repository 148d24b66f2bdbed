package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Permit;
import com.redhat.cloud.exports.platform.storage.ObjectUpload;
import org.jspecify.annotations.Nullable;

/** A source's data on its way through the steps of the route, and what it holds until it ends. */
final class Upload {

    private RequestedSource source;
    private @Nullable Permit permit;
    private @Nullable String storageKey;
    private @Nullable ObjectUpload object;
    private SourceResult.@Nullable Delivery delivery;
    private boolean recorded;

    Upload(RequestedSource source) {
        this.source = source;
    }

    RequestedSource source() {
        return source;
    }

    /** Looks at the source anew: another upload was faster. */
    void foundAnswered(RequestedSource answered) {
        source = answered;
    }

    void admitted(Permit acquired) {
        permit = acquired;
    }

    void started(String key) {
        storageKey = key;
    }

    /** Where the data will be; null when the source has some already. */
    @Nullable
    String storageKey() {
        return storageKey;
    }

    void writing(ObjectUpload written) {
        object = written;
    }

    @Nullable
    ObjectUpload object() {
        return object;
    }

    void received(SourceResult.Delivery received) {
        delivery = received;
    }

    /** What has been received; null when the source has had it before. */
    SourceResult.@Nullable Delivery delivery() {
        return delivery;
    }

    void recorded() {
        recorded = true;
    }

    /** Whether there is, or may be, an object that no source has. */
    boolean isAbandoned() {
        return storageKey != null && !recorded;
    }

    /** Frees the memory of the object, and what was sent of it if it is not complete. */
    void releaseObject() {
        if (object != null) {
            object.close();
            object = null;
        }
    }

    /** Gives back all that the upload has of what others need. */
    void release() {
        try {
            releaseObject();
        } finally {
            if (permit != null) {
                permit.close();
                permit = null;
            }
        }
    }
}
