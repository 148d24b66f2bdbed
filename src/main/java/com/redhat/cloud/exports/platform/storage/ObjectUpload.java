package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
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
 * Writes one object: by a single PUT if it fits one part, else by a multipart upload, whose parts are sent while the next one
 * fills. Memory is bounded: one buffer, and those of the parts in flight. An upload never waits for a second buffer while it
 * fills one, so uploads cannot deadlock, and one that stalls holds at most one.
 *
 * <p>Not thread-safe. Closing before {@link #complete()} removes what was sent, if the store answers.
 */
public final class ObjectUpload implements AutoCloseable {

    private static final int MIN_BUFFER_SIZE = 32 * 1024;

    /** Smaller parts need no pooled buffer. */
    private static final int MAX_UNPOOLED_SIZE = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ObjectUpload.class);
    private static final Buffer EMPTY = Buffer.unpooled(0);

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final String organisation;
    private final BufferPool buffers;
    private final Executor senders;
    private final Semaphore inFlight;
    private final ObjectStore.MultipartListener listener;

    private Buffer buffer = EMPTY;
    private int filled;
    private @Nullable String uploadId;
    private final List<CompletableFuture<CompletedPart>> parts = new ArrayList<>();
    private boolean completed;
    private boolean closed;

    ObjectUpload(
            S3Client client,
            String bucket,
            String key,
            String organisation,
            BufferPool buffers,
            Executor senders,
            int maxPartsInFlight,
            ObjectStore.MultipartListener listener) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.organisation = organisation;
        this.buffers = buffers;
        this.senders = senders;
        this.inFlight = new Semaphore(maxPartsInFlight);
        this.listener = listener;
    }

    /**
     * Appends bytes. Waits while too many parts of this upload are in flight or no buffer is free.
     *
     * @throws ServiceException when the store has refused a part
     */
    public void write(byte[] bytes, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            if (filled == BufferPool.BUFFER_SIZE) {
                sendPart();
            }
            int count = Math.min(end - position, BufferPool.BUFFER_SIZE - filled);
            ensureCapacity(filled + count);
            System.arraycopy(bytes, position, buffer.bytes(), filled, count);
            filled += count;
            position += count;
        }
    }

    /**
     * Completes the object, which becomes visible as a whole.
     *
     * @throws ServiceException when the store refuses it
     */
    public void complete() {
        try {
            if (uploadId == null) {
                client.putObject(request -> request.bucket(bucket).key(key), body(buffer.bytes(), filled));
            } else {
                sendPart();
                // While the last parts are in flight.
                UnfinishedUploads.abortOthers(client, bucket, key, uploadId);
                List<CompletedPart> sent =
                        parts.stream().map(CompletableFuture::join).toList();
                client.completeMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .uploadId(uploadId)
                        .multipartUpload(upload -> upload.parts(sent)));
            }
            completed = true;
        } catch (SdkException e) {
            throw ObjectStore.unavailable("store", e);
        } catch (CompletionException e) {
            throw ObjectStore.unavailable("store", e.getCause());
        }
    }

    /** Returns the number of parts; 1 while nothing has been sent and {@link #onlyPart()} is the whole object. */
    public int parts() {
        return parts.size() + 1;
    }

    /** Returns the bytes of an object of one part, uncopied; valid until this is closed. */
    public InputStream onlyPart() {
        return new ByteArrayInputStream(buffer.bytes(), 0, filled);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!completed && uploadId != null) {
                abort(uploadId);
            }
        } finally {
            buffer.close();
            buffer = EMPTY;
        }
    }

    private void abort(String upload) {
        // Waits for parts in flight: one that arrived after the abort would stay forever.
        parts.forEach(part -> part.handle((sent, failure) -> sent).join());
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            LOG.warn("upload {} of {} will be aborted by the deletion of objects: {}", upload, key, e.getMessage());
        }
    }

    private void ensureCapacity(int size) {
        int capacity = buffer.bytes().length;
        if (size <= capacity) {
            return;
        }
        Buffer larger = size > MAX_UNPOOLED_SIZE
                ? buffers.acquire(organisation)
                : Buffer.unpooled(Math.clamp(capacity * 2L, Math.max(size, MIN_BUFFER_SIZE), MAX_UNPOOLED_SIZE));
        System.arraycopy(buffer.bytes(), 0, larger.bytes(), 0, filled);
        buffer = larger;
    }

    private void sendPart() {
        if (uploadId == null) {
            listener.starting();
            uploadId = startUpload();
        }
        failIfAnyPartFailed();
        Buffer full = buffer;
        int length = filled;
        int number = parts.size() + 1;
        inFlight.acquireUninterruptibly();
        parts.add(CompletableFuture.supplyAsync(() -> send(full, length, number), senders));
        // Only now: if no thread had accepted the part, close() would have to free the buffer.
        buffer = EMPTY;
        filled = 0;
    }

    private String startUpload() {
        try {
            return client.createMultipartUpload(
                            request -> request.bucket(bucket).key(key))
                    .uploadId();
        } catch (SdkException e) {
            throw ObjectStore.unavailable("store", e);
        }
    }

    private CompletedPart send(Buffer content, int length, int number) {
        try {
            String etag = client.uploadPart(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .uploadId(uploadId)
                                    .partNumber(number)
                                    .contentLength((long) length),
                            body(content.bytes(), length))
                    .eTag();
            return CompletedPart.builder().partNumber(number).eTag(etag).build();
        } finally {
            content.close();
            inFlight.release();
        }
    }

    private void failIfAnyPartFailed() {
        for (CompletableFuture<CompletedPart> part : parts) {
            if (part.isCompletedExceptionally()) {
                throw ObjectStore.unavailable("store", part.exceptionNow());
            }
        }
    }

    /** Reads the buffer, uncopied, at each retry of the SDK. */
    private static RequestBody body(byte[] content, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content, 0, length), length, "application/octet-stream");
    }
}
