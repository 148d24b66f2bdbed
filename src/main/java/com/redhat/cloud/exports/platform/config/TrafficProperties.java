package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.requireAtLeast;
import static com.redhat.cloud.exports.platform.config.Requirements.requirePositive;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * How much may go on at a time, and how slow a client may be (docs/limits.md). A 0 is replaced by a value that fits
 * the heap.
 *
 * @param maxHeaderCount largest number of header lines
 * @param maxConnections connections of the public and of the internal port, each; the management port has a quarter.
 *     0: one per MiB of heap, 256 to 8,192
 * @param idleTimeout how long a client may send nothing before its request or within its headers
 * @param keepAliveTimeout how long a connection may be idle between requests; longer than that of the balancer in front
 * @param headerTimeout how long a request's headers may take to arrive
 * @param minBytesPerSecond bytes a second that a client must send or take on average; 0: no minimum
 * @param minBytesWithin how long a client may be slower than that
 * @param maxUploads uploads at a time. 0: one per 8 MiB of heap, 16 to 1,000
 * @param maxUploadsPerApplication uploads of one application at a time. 0: three quarters of all
 * @param maxUploadsPerOrganisation uploads for one organisation at a time, whatever the application. 0: half of all
 * @param maxDownloads downloads at a time. 0: 128
 * @param maxDownloadsPerOrganisation downloads of one organisation at a time. 0: three quarters of all
 * @param maxMemory memory for requests and answers of more than 64 KiB. 0: a sixth of the heap
 * @param maxMemoryPerOrganisation memory for those of one organisation. 0: half of all
 * @param maxRequestsPerOrganisation lists, deletes, creates with an {@code Idempotency-Key} and creates with large
 *     events, of one organisation at a time; others wait
 * @param queueTimeout how long an upload, a download or another request may wait to be admitted
 */
public record TrafficProperties(
        int maxHeaderCount,
        int maxConnections,
        Duration idleTimeout,
        Duration keepAliveTimeout,
        Duration headerTimeout,
        int minBytesPerSecond,
        Duration minBytesWithin,
        int maxUploads,
        int maxUploadsPerApplication,
        int maxUploadsPerOrganisation,
        int maxDownloads,
        int maxDownloadsPerOrganisation,
        DataSize maxMemory,
        DataSize maxMemoryPerOrganisation,
        int maxRequestsPerOrganisation,
        Duration queueTimeout) {

    private static final int MIN_MANAGEMENT_CONNECTIONS = 16;

    public TrafficProperties {
        requireAtLeast(1, "EXPORT_LIMIT_HEADER_COUNT", maxHeaderCount);
        requireAtLeast(0, "EXPORT_LIMIT_CONNECTIONS", maxConnections);
        requirePositive("EXPORT_LIMIT_IDLE_TIMEOUT", idleTimeout);
        requirePositive("EXPORT_LIMIT_KEEP_ALIVE_TIMEOUT", keepAliveTimeout);
        requirePositive("EXPORT_LIMIT_HEADER_TIMEOUT", headerTimeout);
        requireAtLeast(0, "EXPORT_LIMIT_MIN_BYTES_PER_SECOND", minBytesPerSecond);
        requirePositive("EXPORT_LIMIT_MIN_BYTES_WITHIN", minBytesWithin);
        requireAtLeast(0, "EXPORT_LIMIT_UPLOADS", maxUploads);
        requireAtLeast(0, "EXPORT_LIMIT_UPLOADS_PER_APPLICATION", maxUploadsPerApplication);
        requireAtLeast(0, "EXPORT_LIMIT_UPLOADS_PER_ORGANISATION", maxUploadsPerOrganisation);
        requireAtLeast(0, "EXPORT_LIMIT_DOWNLOADS", maxDownloads);
        requireAtLeast(0, "EXPORT_LIMIT_DOWNLOADS_PER_ORGANISATION", maxDownloadsPerOrganisation);
        requireAtLeast(0, "EXPORT_LIMIT_MEMORY", maxMemory.toBytes());
        requireAtLeast(0, "EXPORT_LIMIT_MEMORY_PER_ORGANISATION", maxMemoryPerOrganisation.toBytes());
        requireAtLeast(1, "EXPORT_LIMIT_REQUESTS_PER_ORGANISATION", maxRequestsPerOrganisation);
        requirePositive("EXPORT_LIMIT_QUEUE_TIMEOUT", queueTimeout);
        // FloodTests and LargeResponsesTests show that 256 MiB suffice for all of these at once.
        maxConnections = maxConnections > 0 ? maxConnections : byHeap(1024 * 1024, 256, 8192);
        maxUploads = maxUploads > 0 ? maxUploads : byHeap(8 * 1024 * 1024, 16, 1000);
        maxUploadsPerApplication = maxUploadsPerApplication > 0 ? maxUploadsPerApplication : maxPerOwner(maxUploads);
        // Less than an application's share, so that one busy organisation cannot use up that of its application.
        maxUploadsPerOrganisation =
                maxUploadsPerOrganisation > 0 ? maxUploadsPerOrganisation : Math.max(1, maxUploads / 2);
        // Each takes one of the 256 connections to the object store.
        maxDownloads = maxDownloads > 0 ? maxDownloads : 128;
        maxDownloadsPerOrganisation =
                maxDownloadsPerOrganisation > 0 ? maxDownloadsPerOrganisation : maxPerOwner(maxDownloads);
        maxMemory = maxMemory.toBytes() > 0
                ? maxMemory
                : DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 6);
        maxMemoryPerOrganisation = maxMemoryPerOrganisation.toBytes() > 0
                ? maxMemoryPerOrganisation
                : DataSize.ofBytes(maxMemory.toBytes() / 2);
    }

    /** Connections of the management port, which serves a few probes and scrapers. */
    public int maxManagementConnections() {
        return Math.max(MIN_MANAGEMENT_CONNECTIONS, maxConnections / 4);
    }

    private static int byHeap(int bytesOfEach, int min, int max) {
        return (int) Math.clamp(Runtime.getRuntime().maxMemory() / bytesOfEach, min, max);
    }

    /** Leaves a quarter to the others. */
    private static int maxPerOwner(int max) {
        return Math.max(1, max - max / 4);
    }
}
