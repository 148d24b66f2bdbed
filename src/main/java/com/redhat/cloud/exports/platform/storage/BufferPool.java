package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Permit;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Share;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The buffers for parts of all uploads, as many as the heap has room for. Organisations that wait for one take turns. A
 * quarter is out of reach of any one organisation, so that its uploads, many and slow as they may be, leave some to others.
 */
final class BufferPool {

    /**
     * Size of a part in bytes; S3 takes 10,000 parts of at least 5 MiB. The smaller, the sooner the last one is sent, for
     * which the answer waits. With the array's header it is 6 MiB: the garbage collector gives large arrays whole regions of
     * mebibytes.
     */
    static final int BUFFER_SIZE = 6 * 1024 * 1024 - 64;

    private final FairLimiter limiter;
    private final int count;
    private final int maxPerOrganisation;

    /** Arrays are kept: as garbage they would make the collector stop everything to compact the heap. */
    private final Deque<byte[]> idle = new ConcurrentLinkedDeque<>();

    BufferPool(int count) {
        this.limiter = FairLimiter.withoutTimeout("parts", count);
        this.count = count;
        this.maxPerOrganisation = Math.max(1, count - Math.max(1, count / 4));
    }

    /** Waits for a buffer. The caller must hold no other while it waits. */
    Buffer acquire(String organisation) {
        Permit permit = limiter.acquire(new Share(organisation, maxPerOrganisation));
        byte[] kept = idle.poll();
        byte[] bytes = kept == null ? new byte[BUFFER_SIZE] : kept;
        return new Buffer(bytes, () -> {
            idle.push(bytes);
            permit.close();
        });
    }

    /** Returns how many buffers nobody holds. */
    int available() {
        return count - Math.toIntExact(limiter.used());
    }

    /** Returns how many callers wait for a buffer. */
    int waiting() {
        return limiter.waiting();
    }
}
