package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.concurrency.BackgroundThreads;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The bucket. Writes objects as streams of unknown length, reads them in ranges. */
@Component("objectStore")
public class ObjectStore {

    /** Parts of one upload that are sent at a time, while the next one fills. */
    private static final int MAX_PARTS_IN_FLIGHT = 2;

    /** Parts of uploads take at most one {@value}th of the heap. */
    private static final int HEAP_FRACTION_FOR_PARTS = 4;

    private final S3Client client;
    private final String bucket;

    /** When none is left, uploads wait, and TCP holds back their clients. */
    private final BufferPool buffers;

    /** Background threads, since signing a part takes milliseconds and would delay short requests. */
    private final Executor partSenders;

    ObjectStore(S3Client client, ExportProperties properties) {
        this.client = client;
        this.bucket = properties.storage().bucket();
        long heapForParts = Runtime.getRuntime().maxMemory() / HEAP_FRACTION_FOR_PARTS;
        int parts = Math.clamp(heapForParts / BufferPool.BUFFER_SIZE, 2, 128);
        this.buffers = new BufferPool(parts);
        this.partSenders = BackgroundThreads.pool("s3-part", parts, new LinkedBlockingQueue<>());
    }

    /**
     * Begins an object. Nothing is sent before the first part is full or the upload is completed.
     *
     * @param key unused
     * @param organisation owner; organisations take turns when buffers are short
     * @param listener called before a multipart upload is created
     */
    public ObjectUpload create(String key, String organisation, MultipartListener listener) {
        return new ObjectUpload(client, bucket, key, organisation, buffers, partSenders, MAX_PARTS_IN_FLIGHT, listener);
    }

    /**
     * Reads a range of an object.
     *
     * @param offset first byte
     * @param length number of bytes, more than 0
     * @return the bytes as they arrive; closing early aborts the connection
     * @throws ServiceException when the store does not answer or has no such object
     */
    public InputStream read(String key, long offset, long length) {
        try {
            return open(key, offset, Long.toString(offset + length - 1));
        } catch (SdkException e) {
            throw unavailable("read", e);
        }
    }

    /**
     * Reads a whole object.
     *
     * @throws ServiceException when the store does not answer or has no such object
     */
    public InputStream read(String key) {
        try {
            return open(key, 0, "");
        } catch (SdkException e) {
            throw unavailable("read", e);
        }
    }

    /** @param last offset of the last byte, empty for the object's */
    private ObjectInputStream open(String key, long first, String last) {
        return new ObjectInputStream(
                (offset, etag) -> client.getObject(request -> {
                    request.bucket(bucket).key(key).ifMatch(etag);
                    // An empty object has no range.
                    if (offset > 0 || !last.isEmpty()) {
                        request.range("bytes=%d-%s".formatted(offset, last));
                    }
                }),
                first);
    }

    /**
     * Returns whether there is an object of this key.
     *
     * @throws ServiceException when the store does not answer
     */
    public boolean exists(String key) {
        try {
            client.headObject(request -> request.bucket(bucket).key(key));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        } catch (SdkException e) {
            throw unavailable("read", e);
        }
    }

    /** An object's size in bytes and its ETag, quoted. */
    public record Description(long size, String etag) {}

    /**
     * Returns size and ETag of an object.
     *
     * @throws ServiceException when the store does not answer or has no such object
     */
    public Description describe(String key) {
        try {
            HeadObjectResponse object =
                    client.headObject(request -> request.bucket(bucket).key(key));
            return new Description(object.contentLength(), object.eTag());
        } catch (SdkException e) {
            throw unavailable("read", e);
        }
    }

    /** Fails a route whose {@code aws2-s3} step could not store an object, as {@link ObjectUpload} does. */
    public void failStoring(@ExchangeException SdkException failure) {
        throw unavailable("store", failure);
    }

    /** Fails a route whose {@code aws2-s3} step could not read an object. */
    public void failReading(@ExchangeException Exception failure) {
        throw unavailable("read", failure);
    }

    static ServiceException unavailable(String action, Throwable cause) {
        return ServiceException.unavailable("the object store cannot %s at the moment".formatted(action), cause);
    }

    /** Aborts all unfinished uploads of a key, including those of other processes. */
    public void abortUploads(@Header("CamelAwsS3Key") String key) {
        UnfinishedUploads.abortAll(client, bucket, key);
    }

    /** Records multipart uploads, so that another process can abort them if this one dies. */
    @FunctionalInterface
    public interface MultipartListener {
        void starting();
    }
}
