package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Permit;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Share;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Buffers for the parts of all uploads, as many as the heap allows. Organisations take turns when there are too few,
 * and none may hold more than three quarters, so that many slow uploads leave some to others.
 */
final class BufferPool {

    /**
     * Bytes of a part; S3 takes 10,000 parts of at least 5 MiB. The response waits for the last part, so smaller is faster.
     * With the header of the array it is 6 MiB: the garbage collector gives large arrays whole regions of mebibytes.
     */
    static final int BUFFER_SIZE = 6 * 1024 * 1024 - 64;

    private final FairLimiter limiter;
    private final int count;
    private final int maxPerOrganisation;

    /** Unused arrays. As garbage they would cause long pauses to compact the heap. */
    private final Deque<byte[]> idle = new ConcurrentLinkedDeque<>();

    BufferPool(int count) {
        this.limiter = FairLimiter.withoutTimeout("parts", count);
        this.count = count;
        this.maxPerOrganisation = Math.max(1, count - Math.max(1, count / 4));
    }

    /** Waits for a buffer. The caller must hold no other one. */
    Buffer acquire(String organisation) {
        Permit permit = limiter.acquire(new Share(organisation, maxPerOrganisation));
        byte[] kept = idle.poll();
        byte[] bytes = kept == null ? new byte[BUFFER_SIZE] : kept;
        return new Buffer(bytes, () -> {
            idle.push(bytes);
            permit.close();
        });
    }

    /** Returns the number of free buffers. */
    int available() {
        return count - Math.toIntExact(limiter.used());
    }

    /** Returns the number of callers that wait for a buffer. */
    int waiting() {
        return limiter.waiting();
    }
}
