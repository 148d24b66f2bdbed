package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Checks the bucket regularly, so that health checks need not wait for it. */
@Component("objectStoreProbe")
public class ObjectStoreProbe {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectStoreProbe.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final S3Client client;
    private final String bucket;
    private final ObjectStoreHealth health;

    ObjectStoreProbe(S3Client client, ExportProperties properties, ObjectStoreHealth health) {
        this.client = client;
        this.bucket = properties.storage().bucket();
        this.health = health;
    }

    void poll() {
        try {
            client.headBucket(request ->
                    request.bucket(bucket).overrideConfiguration(options -> options.apiCallTimeout(TIMEOUT)));
            if (health.recover()) {
                LOG.info("the object store answers again");
            }
        } catch (SdkException e) {
            String reason = describe(e);
            if (health.degrade(reason)) {
                LOG.warn("uploads and downloads wait for the object store: {}", reason);
            }
        }
    }

    /** Omits the store's own message, which may quote keys and hosts. */
    private String describe(SdkException failure) {
        if (!(failure instanceof AwsServiceException refusal)) {
            return "it does not answer";
        }
        return switch (refusal.statusCode()) {
            case 404 -> "there is no bucket " + bucket;
            case 401, 403 -> "it refuses the credentials, or they may not list the bucket";
            default -> "it answers with status " + refusal.statusCode();
        };
    }
}
