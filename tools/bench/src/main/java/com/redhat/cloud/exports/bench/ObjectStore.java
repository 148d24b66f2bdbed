package com.redhat.cloud.exports.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The S3 server without the service. URLs are presigned, so that any client can use them. */
final class ObjectStore implements AutoCloseable {

    private static final Duration VALID = Duration.ofHours(1);

    private final S3Client client;
    private final S3Presigner presigner;
    private final String bucket;

    ObjectStore(Map<String, String> environment) {
        this.bucket = environment.get("EXPORT_SERVICE_BUCKET");
        var address =
                URI.create("http://%s:%s".formatted(environment.get("MINIO_HOST"), environment.get("MINIO_PORT")));
        var region = Region.of(environment.get("AWS_REGION"));
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(
                environment.get("AWS_ACCESS_KEY"), environment.get("AWS_SECRET_ACCESS_KEY")));
        this.client = S3Client.builder()
                .endpointOverride(address)
                .region(region)
                .forcePathStyle(true)
                .credentialsProvider(credentials)
                .build();
        this.presigner = S3Presigner.builder()
                .endpointOverride(address)
                .region(region)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(credentials)
                .build();
    }

    /** Deletes all objects. */
    void empty() {
        client.listObjectsV2Paginator(list -> list.bucket(bucket)).stream()
                .filter(page -> page.hasContents())
                .forEach(page -> client.deleteObjects(request -> request.bucket(bucket)
                        .delete(delete -> delete.objects(page.contents().stream()
                                .map(object -> ObjectIdentifier.builder()
                                        .key(object.key())
                                        .build())
                                .toList()))));
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
        client.close();
    }
}
