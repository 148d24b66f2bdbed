package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.concurrency.BackgroundThreads;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The bucket: objects go in as streams of unknown length, come out as ranges. */
@Component("objectStore")
public class ObjectStore {

    /** Parts of one upload that travel at a time, while the next one is being filled. */
    private static final int PARTS_ON_THE_WAY = 2;

    /** The part of the heap that may be parts of uploads, one in so many. */
    private static final int HEAP_FOR_PARTS = 4;

    private final S3Client client;
    private final String bucket;

    /** When there is none left, uploads wait, and their clients with them, by TCP. */
    private final BufferPool buffers;

    /**
     * A part is signed before it travels, which keeps a core busy for milliseconds: on threads that carry virtual ones, the
     * parts of many uploads kept every short request waiting.
     */
    private final Executor partSenders;

    ObjectStore(S3Client client, ExportProperties properties) {
        this.client = client;
        this.bucket = properties.storage().bucket();
        long heapForParts = Runtime.getRuntime().maxMemory() / HEAP_FOR_PARTS;
        int parts = Math.clamp(heapForParts / BufferPool.BUFFER_SIZE, 2, 128);
        this.buffers = new BufferPool(parts);
        this.partSenders = BackgroundThreads.pool("s3-part", parts, new LinkedBlockingQueue<>());
    }

    /**
     * Starts writing an object. Nothing is sent before the first part is full or the upload is completed.
     *
     * @param key key of the object, not in use
     * @param organisation whose upload it is: they take turns where memory is short
     * @param listener is told that there will be a multipart upload, before there is one
     */
    public ObjectUpload create(String key, String organisation, MultipartListener listener) {
        return new ObjectUpload(client, bucket, key, organisation, buffers, partSenders, PARTS_ON_THE_WAY, listener);
    }

    /**
     * Reads a part of an object.
     *
     * @param offset first byte
     * @param length number of bytes, more than 0
     * @return the bytes as they arrive; closing it early breaks the connection off
     * @throws StorageUnavailableException when the store does not answer or has no such object
     */
    public InputStream read(String key, long offset, long length) {
        try {
            return new ObjectInputStream(client.getObject(request ->
                    request.bucket(bucket).key(key).range("bytes=%d-%d".formatted(offset, offset + length - 1))));
        } catch (SdkException e) {
            throw StorageUnavailableException.of("read", e);
        }
    }

    /**
     * Reads a whole object.
     *
     * @throws StorageUnavailableException when the store does not answer or has no such object
     */
    public InputStream read(String key) {
        try {
            return new ObjectInputStream(
                    client.getObject(request -> request.bucket(bucket).key(key)));
        } catch (SdkException e) {
            throw StorageUnavailableException.of("read", e);
        }
    }

    /** What an object is, without its bytes: its size in bytes and its ETag, quoted. */
    public record Description(long size, String etag) {}

    /** @throws StorageUnavailableException when the store does not answer or has no such object */
    public Description describe(String key) {
        try {
            HeadObjectResponse object =
                    client.headObject(request -> request.bucket(bucket).key(key));
            return new Description(object.contentLength(), object.eTag());
        } catch (SdkException e) {
            throw StorageUnavailableException.of("read", e);
        }
    }

    /** Frees the parts of all uploads of this key that were never completed, whoever has started them. */
    public void abortUploads(@Header("CamelAwsS3Key") String key) {
        UnfinishedUploads.abortAll(client, bucket, key);
    }

    /** Is told of a multipart upload, so that it can be aborted by somebody else should this process die. */
    @FunctionalInterface
    public interface MultipartListener {
        void starting();
    }
}
