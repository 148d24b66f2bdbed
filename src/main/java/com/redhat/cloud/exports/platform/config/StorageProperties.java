package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.requirePort;
import static com.redhat.cloud.exports.platform.config.Requirements.requireReadable;

/**
 * The object store, an S3 API.
 *
 * @param host host name, or a whole URL
 * @param port 0: the scheme's default
 * @param ssl use https
 * @param caFile PEM file with the certificates to trust. None: those of the JDK
 * @param accessKey access key. None: the AWS SDK's default credentials chain
 * @param secretKey secret of the access key
 * @param region region of the bucket
 * @param bucket name of a bucket, which must exist
 */
public record StorageProperties(
        String host,
        int port,
        boolean ssl,
        String caFile,
        String accessKey,
        String secretKey,
        String region,
        String bucket) {
    public StorageProperties {
        requirePort("MINIO_PORT", 0, port);
        requireReadable("MINIO_CA", caFile);
    }
}
