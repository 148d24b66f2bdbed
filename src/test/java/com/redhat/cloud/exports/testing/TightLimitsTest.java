package com.redhat.cloud.exports.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/** A replica on the same servers with low values for the limits of docs/limits.md. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ServiceTest
@TestPropertySource(
        properties = {
            "MAX_PAYLOAD_SIZE=64",
            "RATE_LIMIT_RATE=1",
            "RATE_LIMIT_BURST=20",
            "EXPORT_LIMIT_BODY=4KB",
            "EXPORT_LIMIT_HEADERS=8KB",
            "EXPORT_LIMIT_HEADER_COUNT=20",
            "EXPORT_LIMIT_JSON_DEPTH=10",
            "EXPORT_LIMIT_UPLOAD_JSON_DEPTH=3",
            "EXPORT_LIMIT_TEXT=1000",
            "EXPORT_LIMIT_NAME=20",
            "EXPORT_LIMIT_SOURCES=3",
            "EXPORT_LIMIT_FILTERS=200B",
            "EXPORT_LIMIT_PAGE=2",
            "EXPORT_LIMIT_ROWS=3",
            "EXPORT_LIMIT_CONNECTIONS=30",
            "EXPORT_LIMIT_HEADER_TIMEOUT=2s",
            "EXPORT_LIMIT_IDLE_TIMEOUT=3s",
            "EXPORT_LIMIT_KEEP_ALIVE_TIMEOUT=6s",
            "EXPORT_LIMIT_MIN_BYTES_PER_SECOND=10000",
            "EXPORT_LIMIT_MIN_BYTES_WITHIN=2s",
            "EXPORT_LIMIT_DOWNLOADS=2",
            "EXPORT_LIMIT_DOWNLOADS_PER_ORGANISATION=1",
            "EXPORT_LIMIT_QUEUE_TIMEOUT=1s"
        })
public @interface TightLimitsTest {}
