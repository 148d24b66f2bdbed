package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.testing.TestServers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Records the calls to the real S3 server, and can delay them or make them fail. */
final class ObservedClient implements AutoCloseable {

    static final String BUCKET = TestServers.servers().environment().get("EXPORT_SERVICE_BUCKET");

    final S3Client server = connect();
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** @param before is called with the name of each operation first, and may wait or throw */
    S3Client client(Consumer<String> before) {
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    before.accept(method.getName());
                    try {
                        return method.invoke(server, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    byte[] object(String key) {
        return server.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asByteArray();
    }

    boolean hasObject(String key) {
        return !server.listObjectsV2(request -> request.bucket(BUCKET).prefix(key))
                .contents()
                .isEmpty();
    }

    boolean hasUnfinishedUpload(String key) {
        return server.listMultipartUploads(request -> request.bucket(BUCKET)).uploads().stream()
                .anyMatch(upload -> upload.key().equals(key));
    }

    private static S3Client connect() {
        Map<String, String> environment = TestServers.servers().environment();
        return S3Client.builder()
                .endpointOverride(URI.create(
                        "http://%s:%s".formatted(environment.get("MINIO_HOST"), environment.get("MINIO_PORT"))))
                .region(Region.of(environment.get("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .forcePathStyle(true)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
