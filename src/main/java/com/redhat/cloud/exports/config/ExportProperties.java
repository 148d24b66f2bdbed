package com.redhat.cloud.exports.config;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Every setting of the service below {@code export.*}; the defaults and the environment names of existing deployments
 * are in {@code application.yaml}, the table for people in {@code docs/configuration.md}.
 *
 * @param internalPort port of the internal API
 * @param enabledApplications JSON object application → list of resources; empty means the example application
 * @param preSharedKeys JSON object application → key, or a comma list of keys; never logged
 * @param preSharedKeyCheckDisabled lets every caller of the internal API in
 */
@ConfigurationProperties("export")
public record ExportProperties(
        int internalPort,
        String enabledApplications,
        String preSharedKeys,
        boolean preSharedKeyCheckDisabled,
        Expiry expiry,
        Silence silence,
        Event event,
        Upload upload,
        Archive archive,
        Storage storage,
        Routes routes,
        Limits limits,
        RateLimit rateLimit) {

    /**
     * @param afterDays life of an export whose request names no {@code expires_at}, in days
     * @param period time between two looks for expired exports
     * @param erasePeriod time between two looks for content to erase
     * @param idempotencyKeys how long the Idempotency-Key of a request is remembered
     */
    public record Expiry(int afterDays, Duration period, Duration erasePeriod, Duration idempotencyKeys) {
        public Expiry {
            require(
                    afterDays >= 1,
                    "EXPORT_EXPIRY_DAYS",
                    "must be a whole number of days, 1 or more, but is " + afterDays);
            requirePositive("EXPORT_EXPIRY_PERIOD", period);
            requirePositive("EXPORT_ERASE_PERIOD", erasePeriod);
            requirePositive("EXPORT_IDEMPOTENCY_KEYS_KEPT", idempotencyKeys);
        }
    }

    /**
     * What happens when a source application does not answer.
     *
     * @param deadline time from the announcement of a request until its source fails
     * @param repeats how often the request is announced again before that
     * @param repeatAfter time until it is announced again; twice as long each further time
     */
    public record Silence(Duration deadline, int repeats, Duration repeatAfter) {
        public Silence {
            requirePositive("EXPORT_SOURCE_DEADLINE", deadline);
            require(repeats >= 0 && repeats <= 20, "EXPORT_REQUEST_REPEATS", "must be from 0 to 20, but is " + repeats);
            requirePositive("EXPORT_REQUEST_REPEAT_AFTER", repeatAfter);
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
     */
    public record Upload(int maxSizeMib, Validation validation, DeflaterChoice deflater, int deflateLevel) {
        public Upload {
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
     */
    public record Storage(
            String host, int port, boolean ssl, String accessKey, String secretKey, String region, String bucket) {}

    /**
     * @param directory route files here replace or add to those in the jar, by file name; may be absent
     * @param reload whether they are taken in again when they change
     */
    public record Routes(String directory, boolean reload) {}

    /**
     * @param bodyBytes largest request body of the public API and of {@code /error}
     * @param jsonDepth deepest nesting of JSON in them
     */
    public record Limits(int bodyBytes, int jsonDepth) {}

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

    private static void require(boolean condition, String variable, String reason) {
        if (!condition) {
            throw InvalidSettingException.of(variable, reason);
        }
    }
}
