package com.redhat.cloud.exports.upload;

import java.time.Duration;

/** Keeps an upload's object from being deleted while the upload lives; renewed at a fifth of its time. */
final class Lease {

    private final SourceRepository sources;
    private final String storageKey;
    private final long renewAfter;
    private long renewed = System.nanoTime();

    Lease(SourceRepository sources, String storageKey, Duration time) {
        this.sources = sources;
        this.storageKey = storageKey;
        this.renewAfter = time.toNanos() / 5;
    }

    /** @throws LeaseLostException when the object is being deleted */
    void renewIfDue() {
        if (System.nanoTime() - renewed < renewAfter) {
            return;
        }
        if (!sources.renewLease(storageKey)) {
            throw new LeaseLostException();
        }
        renewed = System.nanoTime();
    }
}
