package com.redhat.cloud.exports.platform.storage;

import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Multipart uploads that nobody will complete. They are looked up by their key, since not every one is known by its id:
 * when the answer to its creation is lost, the client has another one created, and the store keeps both.
 */
final class UnfinishedUploads {

    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedUploads.class);

    private UnfinishedUploads() {}

    static void abortAll(S3Client client, String bucket, String key) {
        abort(client, bucket, key, upload -> true);
    }

    /**
     * All but one that is about to be completed. A store need not be able to list: then there may be one left when an
     * answer was lost, and no more.
     */
    static void abortOthers(S3Client client, String bucket, String key, String uploadId) {
        try {
            abort(client, bucket, key, upload -> !upload.uploadId().equals(uploadId));
        } catch (S3Exception e) {
            if (e.statusCode() != 403 && e.statusCode() != 501) {
                throw e;
            }
            LOG.warn("the store does not list unfinished uploads, some may be left: {}", e.getMessage());
        }
    }

    private static void abort(S3Client client, String bucket, String key, Predicate<MultipartUpload> which) {
        // A prefix that is a whole key is what every store understands.
        client.listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(key)).uploads().stream()
                .filter(upload -> upload.key().equals(key))
                .filter(which)
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
