package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;
import static com.redhat.cloud.exports.platform.config.Requirements.requirePort;
import static com.redhat.cloud.exports.platform.config.Requirements.requireReadable;

import java.util.regex.Pattern;

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

    private static final Pattern BUCKET = Pattern.compile("[a-zA-Z0-9._-]{1,255}");

    public StorageProperties {
        requirePort("MINIO_PORT", 0, port);
        requireReadable("MINIO_CA", caFile);
        require(
                BUCKET.matcher(bucket).matches(),
                "EXPORT_SERVICE_BUCKET",
                "must be a name of letters, digits, '.', '_' and '-'");
    }
}
