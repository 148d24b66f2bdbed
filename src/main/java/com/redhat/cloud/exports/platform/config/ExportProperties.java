package com.redhat.cloud.exports.platform.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Every setting of the service below {@code export.*}; the defaults and the environment names of existing deployments
 * are in {@code application.yaml}, the table for people in {@code docs/configuration.md}.
 *
 * @param internalPort port of the internal API
 * @param enabledApplications JSON object application → list of resources; empty means the example application
 * @param preSharedKeys JSON object application → key or list of keys, or a comma list of keys; never logged
 * @param preSharedKeysFile file that holds the same instead, read again when it changes; empty for none
 * @param preSharedKeyCheckDisabled lets every caller of the internal API in
 */
@ConfigurationProperties("export")
public record ExportProperties(
        int internalPort,
        String enabledApplications,
        String preSharedKeys,
        String preSharedKeysFile,
        boolean preSharedKeyCheckDisabled,
        Expiry expiry,
        Silence silence,
        Hooks hooks,
        Event event,
        Upload upload,
        Archive archive,
        Storage storage,
        Limits limits,
        Traffic traffic,
        Tls tls,
        RateLimit rateLimit) {

    /**
     * @param afterDays life of an export whose request names no {@code expires_at}, in days
     * @param minimumLife life of an export, or of a source's data, whose request names a time that has passed
     * @param period time between two looks for expired exports
     * @param deletionPeriod time between two looks for content to erase
     * @param idempotencyKeys how long the Idempotency-Key of a request is remembered
     */
    public record Expiry(
            int afterDays, Duration minimumLife, Duration period, Duration deletionPeriod, Duration idempotencyKeys) {
        public Expiry {
            require(
                    afterDays >= 1,
                    "EXPORT_EXPIRY_DAYS",
                    "must be a whole number of days, 1 or more, but is " + afterDays);
            requirePositive("EXPORT_MINIMUM_LIFE", minimumLife);
            require(
                    minimumLife.compareTo(Duration.ofDays(afterDays)) <= 0,
                    "EXPORT_MINIMUM_LIFE",
                    "must not be longer than EXPORT_EXPIRY_DAYS, %d d, but is %d min"
                            .formatted(afterDays, minimumLife.toMinutes()));
            requirePositive("EXPORT_EXPIRY_PERIOD", period);
            requirePositive("EXPORT_DELETION_PERIOD", deletionPeriod);
            requirePositive("EXPORT_IDEMPOTENCY_KEYS_KEPT", idempotencyKeys);
        }
    }

    /**
     * What happens when a source application does not answer.
     *
     * @param deadline time from the announcement of a request until its source fails
     * @param repeats how often the request is announced again before that
     * @param reminderAfter time until it is announced again; twice as long each further time
     */
    public record Silence(Duration deadline, int repeats, Duration reminderAfter) {
        public Silence {
            requirePositive("EXPORT_RESPONSE_DEADLINE", deadline);
            require(repeats >= 0 && repeats <= 20, "EXPORT_REMINDERS", "must be from 0 to 20, but is " + repeats);
            requirePositive("EXPORT_REMINDER_AFTER", reminderAfter);
        }
    }

    /**
     * Calls of routes that teams have added (docs/extensions.md).
     *
     * @param attempts how often a call is made before it is given up
     * @param retryAfter time from a failed attempt to the next; twice as long each further time, an hour at most
     * @param timeout how long a call may take
     */
    public record Hooks(int attempts, Duration retryAfter, Duration timeout) {
        public Hooks {
            require(attempts >= 1, "EXPORT_HOOK_ATTEMPTS", "must be 1 or more, but is " + attempts);
            requirePositive("EXPORT_HOOK_RETRY_AFTER", retryAfter);
            requirePositive("EXPORT_HOOK_TIMEOUT", timeout);
        }
    }

    /**
     * The request event: its topic and its constant attributes (contract section 6).
     *
     * @param dataSchema empty for the shape's own
     */
    public record Event(
            String topic,
            String source,
            String specVersion,
            String type,
            String dataSchema,
            String schema,
            EventShape shape) {
        public Event {
            dataSchema = dataSchema.isEmpty() ? shape.dataSchema : dataSchema;
        }
    }

    /** Where the request stands in the event's {@code data}. */
    public enum EventShape {
        /** In an object {@code resource_request}, as the platform's consumers read it. */
        PLATFORM("resource-request"),
        /** In {@code data} itself, as the first guide to the service had it. */
        GUIDE("export-request");

        private final String dataSchema;

        EventShape(String name) {
            this.dataSchema = "https://console.redhat.com/api/schemas/apps/export-service/v1/" + name + ".json";
        }
    }

    /**
     * @param maxSizeMib largest body of an upload, in MiB
     * @param validation how strictly a body is checked
     * @param deflater what deflates
     * @param deflateLevel 1 (fast) to 9 (small), of the JDK's deflater
     * @param lease time after which an upload that gives no sign of life is taken for dead, and its object is erased
     */
    public record Upload(
            int maxSizeMib, Validation validation, DeflaterChoice deflater, int deflateLevel, Duration lease) {
        public Upload {
            require(
                    lease.toSeconds() >= 10,
                    "EXPORT_UPLOAD_LEASE",
                    "must be 10 s or more, but is " + lease.toMillis() + " ms");
            require(
                    maxSizeMib >= 1,
                    "MAX_PAYLOAD_SIZE",
                    "must be a whole number of MiB, 1 or more, but is " + maxSizeMib);
            require(
                    deflateLevel >= 1 && deflateLevel <= 9,
                    "EXPORT_DEFLATE_LEVEL",
                    "must be from 1 to 9, but is " + deflateLevel);
        }

        /** Largest body of an upload, in bytes. */
        public long maxSizeBytes() {
            return maxSizeMib * 1024L * 1024L;
        }
    }

    /** What deflates uploads; all of them write streams that every reader takes. */
    public enum DeflaterChoice {
        /** {@link #ISAL} if it works and the level is 1, else {@link #PARALLEL}. */
        AUTO,
        /** The library ISA-L, on idle cores too. */
        ISAL,
        /** The JDK, on idle cores too. */
        PARALLEL,
        /** The JDK, an upload on one thread. */
        JDK
    }

    /** How strictly an uploaded body is checked. */
    public enum Validation {
        /** Not at all: bytes are stored as they come. */
        OFF,
        /** JSON: exactly one value. CSV: quoting. Both: UTF-8. */
        SYNTAX,
        /** As {@link #SYNTAX}, and every CSV record has as many fields as the first. */
        STRICT
    }

    /**
     * @param mediaType Content-Type of a download; {@code application/gzip} is what the former service sent
     * @param serviceName name of the service in the archive's README
     * @param help the sentence on where to get help, in manifest and README
     * @param helpLink the address that goes with it
     */
    public record Archive(String mediaType, String serviceName, String help, String helpLink) {}

    /**
     * An S3 API.
     *
     * @param host host name, or a whole URL
     * @param port 0 or empty for the scheme's own
     * @param trusted file with the certificates to trust, PEM; empty for those of the JDK
     */
    public record Storage(
            String host,
            int port,
            boolean ssl,
            String trusted,
            String accessKey,
            String secretKey,
            String region,
            String bucket) {
        public Storage {
            requireReadable("MINIO_CA", trusted);
        }
    }

    /**
     * TLS on the public and the internal port.
     *
     * @param certificate file with the certificate and those between it and its authority, PEM; empty for no TLS
     * @param key file with its key, PEM
     */
    public record Tls(String certificate, String key) {
        public Tls {
            require(
                    certificate.isEmpty() == key.isEmpty(),
                    certificate.isEmpty() ? "EXPORT_TLS_CERTIFICATE" : "EXPORT_TLS_KEY",
                    "must be set too: a certificate and its key belong together");
            requireReadable("EXPORT_TLS_CERTIFICATE", certificate);
            requireReadable("EXPORT_TLS_KEY", key);
        }

        /** Whether the ports speak TLS. */
        public boolean isOn() {
            return !certificate.isEmpty();
        }
    }

    /**
     * How large a request may be, and what is in it (docs/limits.md).
     *
     * @param body largest request body of the public API and of {@code /error}
     * @param jsonDepth deepest nesting of JSON in them
     * @param uploadJsonDepth deepest nesting of JSON in an upload
     * @param textLength longest text in them, a name of a field or a value, in characters
     * @param nameLength longest name of an export, in characters
     * @param message longest message of an error that is kept, in bytes; the rest of a longer one is cut off
     * @param sources most sources of an export
     * @param filters largest filters of a source, as JSON
     * @param page most exports in one page of a list; one that asks for more gets these
     * @param pageSize bytes after which a page ends
     * @param rows most CSV records, or elements of a JSON array, in an upload; 0 for any number
     */
    public record Limits(
            DataSize body,
            int jsonDepth,
            int uploadJsonDepth,
            int textLength,
            int nameLength,
            DataSize message,
            int sources,
            DataSize filters,
            int page,
            DataSize pageSize,
            long rows) {
        public Limits {
            requireSize("EXPORT_LIMIT_BODY", body);
            requireAtLeast(1, "EXPORT_LIMIT_JSON_DEPTH", jsonDepth);
            requireAtLeast(1, "EXPORT_LIMIT_UPLOAD_JSON_DEPTH", uploadJsonDepth);
            requireAtLeast(1, "EXPORT_LIMIT_TEXT", textLength);
            requireAtLeast(1, "EXPORT_LIMIT_NAME", nameLength);
            // No more than shown_message() and sql/upload/find.sql read of it.
            require(
                    message.toBytes() >= 4 && message.toKilobytes() <= 64,
                    "EXPORT_LIMIT_MESSAGE",
                    "must be from 4 bytes to 64KB, but is " + message.toBytes() + " bytes");
            requireAtLeast(1, "EXPORT_LIMIT_SOURCES", sources);
            requireSize("EXPORT_LIMIT_FILTERS", filters);
            requireAtLeast(1, "EXPORT_LIMIT_PAGE", page);
            requireSize("EXPORT_LIMIT_PAGE_SIZE", pageSize);
            requireAtLeast(0, "EXPORT_LIMIT_ROWS", rows);
        }
    }

    /**
     * How much may go on at a time, and how slow a client may be (docs/limits.md). What is 0 is chosen by the size of the
     * heap.
     *
     * @param headerCount most header lines of a request
     * @param connections most connections of the public and of the internal port, each
     * @param headerTimeout longest time from the first byte of a request until its headers are there
     * @param slowest bytes a second that a client sends or takes at least, on average; 0 for any
     * @param minBytesWithin how long it may be slower
     * @param uploads most uploads at a time
     * @param uploadsPerApplication of one application
     * @param uploadsPerOrganisation for one organisation, whatever the application
     * @param downloads most downloads at a time
     * @param downloadsPerOrganisation of one organisation
     * @param memory for large requests and answers, in all
     * @param memoryOfOne of one organisation
     * @param requestsPerOrganisation most lists, deletes, creates with an Idempotency-Key and creates of much text of one
     *     organisation that are at work at a time; of its others each waits
     * @param queueTimeout how long an upload, a download or a request waits for its turn
     */
    public record Traffic(
            int headerCount,
            int connections,
            Duration headerTimeout,
            int slowest,
            Duration minBytesWithin,
            int uploads,
            int uploadsPerApplication,
            int uploadsPerOrganisation,
            int downloads,
            int downloadsPerOrganisation,
            DataSize memory,
            DataSize memoryOfOne,
            int requestsPerOrganisation,
            Duration queueTimeout) {

        private static final int MANAGEMENT_CONNECTIONS = 16;

        public Traffic {
            requireAtLeast(1, "EXPORT_LIMIT_HEADER_COUNT", headerCount);
            requireAtLeast(0, "EXPORT_LIMIT_CONNECTIONS", connections);
            requirePositive("EXPORT_LIMIT_HEADER_TIMEOUT", headerTimeout);
            requireAtLeast(0, "EXPORT_LIMIT_MIN_BYTES_PER_SECOND", slowest);
            requirePositive("EXPORT_LIMIT_MIN_BYTES_WITHIN", minBytesWithin);
            requireAtLeast(0, "EXPORT_LIMIT_UPLOADS", uploads);
            requireAtLeast(0, "EXPORT_LIMIT_UPLOADS_PER_APPLICATION", uploadsPerApplication);
            requireAtLeast(0, "EXPORT_LIMIT_UPLOADS_PER_ORGANISATION", uploadsPerOrganisation);
            requireAtLeast(0, "EXPORT_LIMIT_DOWNLOADS", downloads);
            requireAtLeast(0, "EXPORT_LIMIT_DOWNLOADS_PER_ORGANISATION", downloadsPerOrganisation);
            requireAtLeast(0, "EXPORT_LIMIT_MEMORY", memory.toBytes());
            requireAtLeast(0, "EXPORT_LIMIT_MEMORY_OF_ONE", memoryOfOne.toBytes());
            requireAtLeast(1, "EXPORT_LIMIT_REQUESTS_PER_ORGANISATION", requestsPerOrganisation);
            requirePositive("EXPORT_LIMIT_QUEUE_TIMEOUT", queueTimeout);
            // FloodTests and LargeAnswerTests hold that 256 MiB do for all of these at once.
            connections = connections > 0 ? connections : byHeap(1024 * 1024, 256, 8192);
            uploads = uploads > 0 ? uploads : byHeap(8 * 1024 * 1024, 16, 1000);
            uploadsPerApplication = uploadsPerApplication > 0 ? uploadsPerApplication : maxPerOwner(uploads);
            // Less than what an application has when nobody sets it, so that a flood of one organisation leaves the
            // others
            // a part of the same application.
            uploadsPerOrganisation = uploadsPerOrganisation > 0 ? uploadsPerOrganisation : Math.max(1, uploads / 2);
            // Each has a connection to the object store, of which there are 256.
            downloads = downloads > 0 ? downloads : 128;
            downloadsPerOrganisation = downloadsPerOrganisation > 0 ? downloadsPerOrganisation : maxPerOwner(downloads);
            memory = memory.toBytes() > 0
                    ? memory
                    : DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 6);
            memoryOfOne = memoryOfOne.toBytes() > 0 ? memoryOfOne : DataSize.ofBytes(memory.toBytes() / 2);
        }

        /** Most connections of the management port, where a few probes and scrapers are at home. */
        public int managementConnections() {
            return Math.max(MANAGEMENT_CONNECTIONS, connections / 4);
        }

        private static int byHeap(int bytesOfEach, int least, int most) {
            return (int) Math.clamp(Runtime.getRuntime().maxMemory() / bytesOfEach, least, most);
        }

        /** A quarter is out of reach of any one. */
        private static int maxPerOwner(int all) {
            return Math.max(1, all - all / 4);
        }
    }

    /**
     * @param rate requests a second of one organisation, 0 for any number
     * @param burst requests at once
     */
    public record RateLimit(int rate, int burst) {
        public RateLimit {
            require(rate >= 0, "RATE_LIMIT_RATE", "must be 0 (no limit) or more, but is " + rate);
            require(burst >= 1, "RATE_LIMIT_BURST", "must be 1 or more, but is " + burst);
        }
    }

    private static void requirePositive(String variable, Duration period) {
        require(period.isPositive(), variable, "must be longer than nothing, but is " + period.toMillis() + " ms");
    }

    private static void requireReadable(String variable, String file) {
        require(
                file.isEmpty() || Files.isReadable(Path.of(file)),
                variable,
                "names a file that cannot be read: " + file);
    }

    private static void requireSize(String variable, DataSize size) {
        require(
                size.toBytes() >= 1 && size.toBytes() <= Integer.MAX_VALUE,
                variable,
                "must be more than nothing and less than 2GB, but is " + size.toBytes() + " bytes");
    }

    private static void requireAtLeast(int least, String variable, long value) {
        require(value >= least, variable, "must be %d or more, but is %d".formatted(least, value));
    }

    private static void require(boolean condition, String variable, String reason) {
        if (!condition) {
            throw InvalidSettingException.of(variable, reason);
        }
    }
}
