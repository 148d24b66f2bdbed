package com.redhat.cloud.exports.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The S3 server without the service. Its addresses are signed beforehand, so that any client can use them. */
final class ObjectStore implements AutoCloseable {

    private static final Duration VALID = Duration.ofHours(1);

    private final S3Presigner presigner;
    private final String bucket;

    ObjectStore(Map<String, String> environment) {
        this.bucket = environment.get("EXPORT_SERVICE_BUCKET");
        this.presigner = S3Presigner.builder()
                .endpointOverride(URI.create(
                        "http://%s:%s".formatted(environment.get("MINIO_HOST"), environment.get("MINIO_PORT"))))
                .region(Region.of(environment.get("AWS_REGION")))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .build();
    }

    URI put(String key) {
        return URI.create(presigner
                .presignPutObject(put -> put.signatureDuration(VALID)
                        .putObjectRequest(object -> object.bucket(bucket).key(key)))
                .url()
                .toString());
    }

    URI get(String key) {
        return URI.create(presigner
                .presignGetObject(get -> get.signatureDuration(VALID)
                        .getObjectRequest(object -> object.bucket(bucket).key(key)))
                .url()
                .toString());
    }

    @Override
    public void close() {
        presigner.close();
    }
}
