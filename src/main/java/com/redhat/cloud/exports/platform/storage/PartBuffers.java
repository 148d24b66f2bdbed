package com.redhat.cloud.exports.platform.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * The memory for parts of all uploads: as many arrays as the heap has room for. Organisations that wait for one get them
 * in turns, the uploads of an organisation in the order in which they came. A quarter is out of reach of any one
 * organisation, so that its uploads, many and slow as they may be, leave some to the others.
 */
final class PartBuffers {

    /**
     * Size of a part in bytes; S3 takes 10,000 parts of at least 5 MiB. The smaller it is, the sooner the last one is there,
     * for which the answer waits. It is 6 MiB with the array's header: the garbage collector gives large arrays whole regions
     * of mebibytes.
     */
    static final int SIZE = 6 * 1024 * 1024 - 64;

    private final int limitOfOne;
    private int available;

    /** Kept, as many as were ever in use: as garbage they would make the collector stop everything to compact the heap. */
    private final Deque<byte[]> idle = new ArrayDeque<>();

    private final Map<String, Integer> held = new HashMap<>();

    /** By organisation; the next in turn comes first. */
    private final Map<String, Queue<CompletableFuture<byte[]>>> waiting = new LinkedHashMap<>();

    PartBuffers(int count) {
        this.available = count;
        this.limitOfOne = Math.max(1, count - Math.max(1, count / 4));
    }

    /** Waits for a buffer. The caller must not have another one that it does not give back meanwhile. */
    byte[] take(String organisation) {
        return ask(organisation).join();
    }

    synchronized CompletableFuture<byte[]> ask(String organisation) {
        CompletableFuture<byte[]> buffer = new CompletableFuture<>();
        waiting.computeIfAbsent(organisation, key -> new ArrayDeque<>()).add(buffer);
        serve();
        return buffer;
    }

    synchronized void giveBack(String organisation, byte[] buffer) {
        idle.push(buffer);
        available++;
        held.merge(organisation, -1, (before, less) -> before + less == 0 ? null : before + less);
        serve();
    }

    /** How many are with nobody. */
    synchronized int available() {
        return available;
    }

    private void serve() {
        while (available > 0) {
            Optional<String> next = waiting.keySet().stream()
                    .filter(organisation -> held.getOrDefault(organisation, 0) < limitOfOne)
                    .findFirst();
            if (next.isEmpty()) {
                return;
            }
            String organisation = next.get();
            Queue<CompletableFuture<byte[]>> uploads = waiting.remove(organisation);
            CompletableFuture<byte[]> first = uploads.remove();
            if (!uploads.isEmpty()) {
                waiting.put(organisation, uploads);
            }
            available--;
            held.merge(organisation, 1, Integer::sum);
            first.complete(idle.isEmpty() ? new byte[SIZE] : idle.pop());
        }
    }
}
