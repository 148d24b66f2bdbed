package com.redhat.cloud.exports.chaos;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The bucket itself. */
public record Bucket(S3Client client, String name) implements AutoCloseable {

    static Bucket at(int port, String name) {
        return new Bucket(
                S3Client.builder()
                        .endpointOverride(URI.create("http://localhost:" + port))
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                        .build(),
                name);
    }

    Set<String> keys() {
        return client.listObjectsV2Paginator(list -> list.bucket(name)).contents().stream()
                .map(S3Object::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public Set<String> unfinishedUploads() {
        return client.listMultipartUploads(list -> list.bucket(name)).uploads().stream()
                .map(MultipartUpload::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        client.close();
    }
}
