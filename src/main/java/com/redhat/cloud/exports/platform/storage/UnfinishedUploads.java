package com.redhat.cloud.exports.platform.storage;

import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Aborts multipart uploads that will not be completed. Finds them by key, since not every id is known: when the response to a
 * creation is lost, the SDK creates another upload, and the store keeps both.
 */
final class UnfinishedUploads {

    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedUploads.class);

    private UnfinishedUploads() {}

    static void abortAll(S3Client client, String bucket, String key) {
        abort(client, bucket, key, upload -> true);
    }

    /** Aborts all uploads but the one to complete. A store that cannot list uploads may keep one whose id was lost. */
    static void abortOthers(S3Client client, String bucket, String key, String uploadId) {
        try {
            abort(client, bucket, key, upload -> !upload.uploadId().equals(uploadId));
        } catch (S3Exception e) {
            if (e.statusCode() != 403 && e.statusCode() != 501) {
                throw e;
            }
            LOG.warn("the object store does not list unfinished uploads, some may remain: {}", e.getMessage());
        }
    }

    private static void abort(S3Client client, String bucket, String key, Predicate<MultipartUpload> filter) {
        // Every store accepts a whole key as a prefix.
        client.listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(key)).uploads().stream()
                .filter(upload -> upload.key().equals(key))
                .filter(filter)
                .forEach(upload -> abort(client, bucket, upload));
    }

    private static void abort(S3Client client, String bucket, MultipartUpload upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        } catch (NoSuchUploadException e) {
            LOG.debug("upload {} has been completed or aborted meanwhile", upload.uploadId());
        }
    }
}
