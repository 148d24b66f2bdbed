package com.redhat.cloud.exports.storage;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One object being written. What fits one part is a single PUT; more becomes a multipart upload whose parts travel
 * while the next one fills. Memory is bounded: a small buffer, or, with a permit, a fixed number of parts.
 *
 * <p>For one thread. Closing without {@link #complete()} frees what was sent, as far as the store answers.
 */
public final class ObjectUpload implements AutoCloseable {

    /** Size of a part in bytes; S3 takes 10,000 parts of at least 5 MiB. */
    static final int PART_SIZE = 8 * 1024 * 1024;

    /** Up to this many bytes an upload needs no permit. */
    private static final int SMALL = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ObjectUpload.class);
    private static final Executor SENDERS =
            task -> Thread.ofVirtual().name("s3-part").start(task);

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final Semaphore permits;
    private final ObjectStore.MultipartListener listener;
    private final BlockingQueue<byte[]> freeBuffers;
    private int buffersToAllocate;
    private boolean hasPermit;

    private byte[] buffer = new byte[32 * 1024];
    private int filled;
    private @Nullable String uploadId;
    private final List<CompletableFuture<CompletedPart>> parts = new ArrayList<>();
    private boolean completed;

    ObjectUpload(
            S3Client client,
            String bucket,
            String key,
            Semaphore permits,
            int partsOnTheWay,
            ObjectStore.MultipartListener listener) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.permits = permits;
        this.listener = listener;
        this.freeBuffers = new ArrayBlockingQueue<>(partsOnTheWay + 1);
        this.buffersToAllocate = partsOnTheWay;
    }

    /**
     * Appends bytes. Waits while all parts of this upload are on their way.
     *
     * @throws StorageUnavailableException when the store has refused a part
     */
    public void write(byte[] bytes, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            if (filled == PART_SIZE) {
                sendPart();
            }
            int count = Math.min(end - position, PART_SIZE - filled);
            ensureRoom(filled + count);
            System.arraycopy(bytes, position, buffer, filled, count);
            filled += count;
            position += count;
        }
    }

    /**
     * Makes the object visible, whole.
     *
     * @throws StorageUnavailableException when the store did not take it
     */
    public void complete() {
        try {
            if (uploadId == null) {
                client.putObject(request -> request.bucket(bucket).key(key), body(buffer, filled));
            } else {
                sendPart();
                List<CompletedPart> sent =
                        parts.stream().map(CompletableFuture::join).toList();
                client.completeMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .uploadId(uploadId)
                        .multipartUpload(upload -> upload.parts(sent)));
            }
            completed = true;
        } catch (SdkException e) {
            throw StorageUnavailableException.of("store", e);
        } catch (CompletionException e) {
            throw StorageUnavailableException.of("store", e.getCause());
        }
    }

    @Override
    public void close() {
        try {
            if (!completed && uploadId != null) {
                abort(uploadId);
            }
        } finally {
            if (hasPermit) {
                permits.release();
                hasPermit = false;
            }
        }
    }

    private void abort(String upload) {
        // A part that arrives after the abort would stay for ever: wait for those on their way, whatever comes of them.
        parts.forEach(part -> part.handle((sent, failure) -> sent).join());
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            LOG.warn("upload {} of {} is left for the eraser to abort: {}", upload, key, e.getMessage());
        }
    }

    private void ensureRoom(int size) {
        if (size <= buffer.length) {
            return;
        }
        if (size > SMALL && !hasPermit) {
            permits.acquireUninterruptibly();
            hasPermit = true;
        }
        buffer = Arrays.copyOf(buffer, size > SMALL ? PART_SIZE : Math.min(SMALL, Math.max(size, buffer.length * 2)));
    }

    private void sendPart() {
        if (uploadId == null) {
            uploadId = startUpload();
            listener.started(uploadId);
        }
        failIfAnyPartFailed();
        byte[] full = buffer;
        int length = filled;
        int number = parts.size() + 1;
        parts.add(CompletableFuture.supplyAsync(() -> send(full, length, number), SENDERS));
        buffer = nextBuffer();
        filled = 0;
    }

    private String startUpload() {
        try {
            return client.createMultipartUpload(
                            request -> request.bucket(bucket).key(key))
                    .uploadId();
        } catch (SdkException e) {
            throw StorageUnavailableException.of("store", e);
        }
    }

    private CompletedPart send(byte[] content, int length, int number) {
        try {
            String etag = client.uploadPart(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .uploadId(uploadId)
                                    .partNumber(number)
                                    .contentLength((long) length),
                            body(content, length))
                    .eTag();
            return CompletedPart.builder().partNumber(number).eTag(etag).build();
        } finally {
            freeBuffers.add(content);
        }
    }

    private byte[] nextBuffer() {
        if (buffersToAllocate > 0) {
            buffersToAllocate--;
            return new byte[PART_SIZE];
        }
        try {
            return freeBuffers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageUnavailableException.of("store", e);
        }
    }

    private void failIfAnyPartFailed() {
        for (CompletableFuture<CompletedPart> part : parts) {
            if (part.isCompletedExceptionally()) {
                throw StorageUnavailableException.of("store", part.exceptionNow());
            }
        }
    }

    /** Reads the buffer again for each of the SDK's retries, without a copy. */
    private static RequestBody body(byte[] content, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content, 0, length), length, "application/octet-stream");
    }
}
