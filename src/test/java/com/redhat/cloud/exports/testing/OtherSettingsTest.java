package com.redhat.cloud.exports.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * A second replica on the same servers, with settings other than {@link ServiceTest}'s: keys bound to applications,
 * uploads of up to 64 MiB, the media type of the former service's downloads, six seconds for what expires in the past.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ServiceTest
@TestPropertySource(
        properties = {
            "EXPORTS_PSKS={\"exampleApp\":\"test-key\",\"other\":\"key-of-the-other\"}",
            "MAX_PAYLOAD_SIZE=64",
            "EXPORT_DOWNLOAD_MEDIA_TYPE=application/gzip",
            "EXPORT_MINIMUM_LIFE=6s"
        })
public @interface OtherSettingsTest {}
