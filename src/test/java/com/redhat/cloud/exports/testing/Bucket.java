package com.redhat.cloud.exports.testing;

import com.redhat.cloud.exports.servers.LocalServers;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of an export, as the object store lists them. */
public record Bucket(S3Client client) {

    private static final String NAME = LocalServers.BUCKET;

    /** The keys of all objects of the export. */
    public List<String> objects(Api.Export export) {
        return client.listObjectsV2Paginator(request -> request.bucket(NAME)).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.contains(export.id()))
                .toList();
    }

    /** The keys of multipart uploads that are neither completed nor aborted. */
    public List<String> unfinishedUploads(Api.Export export) {
        return client.listMultipartUploads(request -> request.bucket(NAME)).uploads().stream()
                .map(MultipartUpload::key)
                .filter(key -> key.contains(export.id()))
                .toList();
    }

    /** Deletes an object behind the service's back. */
    public void lose(String key) {
        client.deleteObject(request -> request.bucket(NAME).key(key));
    }
}
