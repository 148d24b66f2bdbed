package com.redhat.cloud.exports.upload;

import java.time.Duration;

/** Keeps the object of a running upload from being deleted. Renewed after a fifth of its duration. */
final class Lease {

    private final SourceRepository sources;
    private final String storageKey;
    private final long renewAfter;
    private long renewed = System.nanoTime();

    Lease(SourceRepository sources, String storageKey, Duration duration) {
        this.sources = sources;
        this.storageKey = storageKey;
        this.renewAfter = duration.toNanos() / 5;
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
