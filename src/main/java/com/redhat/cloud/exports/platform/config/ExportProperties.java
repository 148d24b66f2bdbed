package com.redhat.cloud.exports.platform.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.logging.LogLevel;
import org.springframework.util.unit.DataSize;

/**
 * Every setting of the service. The environment variables and the defaults are in {@code application.yaml}; the
 * descriptions below and those defaults become the tables of {@code docs/configuration.md} ({@code make docs-settings}).
 *
 * @param publicPort port of the public API
 * @param internalPort port of the internal API, for source applications
 * @param managementPort port of {@code /healthz}, {@code /readyz}, {@code /health}, {@code /metrics}, and {@code /}, which
 *     only says that the service is there
 * @param metricsPath path of the metrics, without the leading slash
 * @param shutdownGrace how long running requests may take after SIGTERM; the exit status is 0. Kubernetes must wait longer
 * @param logLevel {@code trace}, {@code debug}, {@code info}, {@code warn}, {@code error}, {@code fatal} or {@code off}, in
 *     upper or lower case
 * @param clowderFile a Clowder file: ports, database, Kafka, object store. It overrides the other variables
 * @param enabledApplications JSON object of applications and their lists of resources, case-sensitive. None: the example
 *     application, {@code {"exampleApp":["exampleResource","anotherExampleResource"]}}
 * @param preSharedKeys keys of the source applications: a comma-separated list, or a JSON object of applications and
 *     their key or list of keys. The first of these variables that is set counts. None at all: every caller is refused
 * @param preSharedKeysFile file with the same content, used instead; a change takes effect within seconds
 *     (docs/operations.md#new-keys-for-source-applications)
 * @param preSharedKeyCheckDisabled admits every caller to the internal API
 */
@ConfigurationProperties("export")
public record ExportProperties(
        int publicPort,
        int internalPort,
        int managementPort,
        String metricsPath,
        Duration shutdownGrace,
        LogLevel logLevel,
        String clowderFile,
        String enabledApplications,
        String preSharedKeys,
        String preSharedKeysFile,
        boolean preSharedKeyCheckDisabled,
        Tls tls,
        Database database,
        Kafka kafka,
        Event event,
        Storage storage,
        Expiry expiry,
        Response response,
        Hooks hooks,
        Upload upload,
        Download download,
        Limits limits,
        Traffic traffic,
        RateLimit rateLimit) {

    public ExportProperties {
        requirePort("PUBLIC_PORT", 1, publicPort);
        requirePort("PRIVATE_PORT", 1, internalPort);
        requirePort("METRICS_PORT", 1, managementPort);
        requireOtherPort("PRIVATE_PORT", internalPort, "PUBLIC_PORT", publicPort);
        requireOtherPort("METRICS_PORT", managementPort, "PUBLIC_PORT", publicPort);
        requireOtherPort("METRICS_PORT", managementPort, "PRIVATE_PORT", internalPort);
    }

    /**
     * TLS of our ports.
     *
     * @param certificate PEM file with the certificate of the public and the internal port, and the intermediate ones.
     *     None: no TLS. Read at the start
     * @param key PEM file with its key
     * @param management the management port uses TLS with them too
     */
    public record Tls(String certificate, String key, boolean management) {
        public Tls {
            require(
                    certificate.isEmpty() == key.isEmpty(),
                    certificate.isEmpty() ? "EXPORT_TLS_CERTIFICATE" : "EXPORT_TLS_KEY",
                    "must be set too: a certificate and its key belong together");
            require(
                    !management || !certificate.isEmpty(),
                    "EXPORT_TLS_CERTIFICATE",
                    "must be set when METRICS_TLS is true");
            requireReadable("EXPORT_TLS_CERTIFICATE", certificate);
            requireReadable("EXPORT_TLS_KEY", key);
        }

        /** Whether the public and the internal port use TLS. */
        public boolean isOn() {
            return !certificate.isEmpty();
        }
    }

    /**
     * PostgreSQL.
     *
     * @param host host of the database server
     * @param port its port
     * @param name name of the database
     * @param username user that may create tables, once
     * @param password password of the user
     * @param sslMode {@code disable}, {@code allow}, {@code prefer}, {@code require}, {@code verify-ca} or
     *     {@code verify-full}
     * @param caFile PEM file with the certificates to trust
     * @param poolSize connections of one replica
     */
    public record Database(
            String host,
            int port,
            String name,
            String username,
            String password,
            String sslMode,
            String caFile,
            int poolSize) {

        private static final Set<String> SSL_MODES =
                Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

        public Database {
            requirePort("PGSQL_PORT", 1, port);
            // The driver itself would complain only after many attempts to connect.
            require(
                    SSL_MODES.contains(sslMode),
                    "PGSQL_SSL_MODE",
                    "must be one of disable, allow, prefer, require, verify-ca, verify-full, but is '%s'"
                            .formatted(sslMode));
            requireReadable("PGSQL_SSL_ROOT_CERT", caFile);
            requireAtLeast(1, "PGSQL_POOL_SIZE", poolSize);
        }
    }

    /**
     * The connection to Kafka.
     *
     * @param brokers comma-separated list of host:port
     * @param securityProtocol {@code PLAINTEXT}, {@code SSL}, {@code SASL_PLAINTEXT} or {@code SASL_SSL}
     * @param caFile PEM file with the certificates to trust
     * @param saslMechanism {@code SCRAM-SHA-512}, {@code SCRAM-SHA-256} or {@code PLAIN}
     * @param saslUsername required with SASL
     * @param saslPassword required with SASL
     */
    public record Kafka(
            String brokers,
            SecurityProtocol securityProtocol,
            String caFile,
            String saslMechanism,
            String saslUsername,
            String saslPassword) {

        private static final Pattern BROKER = Pattern.compile("[^\\s:,]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}");

        public Kafka {
            // The client would wait for a server that will never be there.
            Stream.of(brokers.split(",", -1))
                    .map(String::strip)
                    .forEach(broker -> require(
                            BROKER.matcher(broker).matches(),
                            "KAFKA_BROKERS",
                            "must be a comma-separated list of host:port, but has '%s'".formatted(broker)));
            requireReadable("KAFKA_CA", caFile);
            requireWithSasl("KAFKA_SASL_USERNAME", saslUsername, securityProtocol);
            requireWithSasl("KAFKA_SASL_PASSWORD", saslPassword, securityProtocol);
        }

        private static void requireWithSasl(String variable, String value, SecurityProtocol protocol) {
            require(
                    !protocol.isSasl() || !value.isEmpty(),
                    variable,
                    "must be set when KAFKA_SECURITY_PROTOCOL starts with SASL");
        }
    }

    /** How Kafka's clients authenticate and encrypt. */
    public enum SecurityProtocol {
        PLAINTEXT,
        SSL,
        SASL_PLAINTEXT,
        SASL_SSL;

        boolean isSasl() {
            return this == SASL_PLAINTEXT || this == SASL_SSL;
        }
    }

    /**
     * The request event: its topic and its constant attributes (contract section 6).
     *
     * @param topic topic of the request events
     * @param source {@code source} of the event
     * @param specVersion {@code specversion} of the event
     * @param type {@code type} of the event
     * @param dataSchema {@code dataschema} of the event. None: that of the shape,
     *     {@code https://console.redhat.com/api/schemas/apps/export-service/v1/resource-request.json} or, for {@code guide},
     *     {@code …/export-request.json}
     * @param schema {@code $schema} of the event
     * @param shape {@code platform}: the request is in {@code data.resource_request}; {@code guide}: it is {@code data}
     *     itself, without {@code export_request_uuid}, which the {@code subject} has
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

    /** Where the event's {@code data} holds the request. */
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
     * The object store, an S3 API.
     *
     * @param host host name, or a whole URL
     * @param port 0: the scheme's default
     * @param ssl use https
     * @param caFile PEM file with the certificates to trust. None: those of the JDK
     * @param accessKey access key. None: the AWS SDK's default credentials chain
     * @param secretKey secret of the access key
     * @param region region of the bucket
     * @param bucket name of a bucket, which must exist
     */
    public record Storage(
            String host,
            int port,
            boolean ssl,
            String caFile,
            String accessKey,
            String secretKey,
            String region,
            String bucket) {
        public Storage {
            requirePort("MINIO_PORT", 0, port);
            requireReadable("MINIO_CA", caFile);
        }
    }

    /**
     * How long exports and their data live.
     *
     * @param afterDays life, in days, of an export that names no {@code expires_at}
     * @param minimumLife life of an export whose {@code expires_at} has already passed by the service's clock, and of a
     *     source's data whose {@code expires} has; at most {@code EXPORT_EXPIRY_DAYS}. A time in the future is kept as
     *     it is, however near
     * @param period time between two searches for expired exports and for sources without an answer
     * @param deletionPeriod time between two searches for content to delete
     * @param idempotencyKeys how long the {@code Idempotency-Key} of a request is remembered
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
     * How long a source application may take to answer a request.
     *
     * @param deadline time from the request event until a source without an answer fails with 504
     * @param reminders how many times the request event is sent again before that
     * @param reminderAfter time until the first reminder; doubles with each further one
     */
    public record Response(Duration deadline, int reminders, Duration reminderAfter) {
        public Response {
            requirePositive("EXPORT_RESPONSE_DEADLINE", deadline);
            require(reminders >= 0 && reminders <= 20, "EXPORT_REMINDERS", "must be from 0 to 20, but is " + reminders);
            requirePositive("EXPORT_REMINDER_AFTER", reminderAfter);
        }
    }

    /**
     * Calls of routes that teams have added (docs/extensions.md).
     *
     * @param attempts how many times an extension's route (docs/extensions.md) is called before the call is given up;
     *     12 take about two and a half hours
     * @param retryAfter time from the first failed attempt to the next; doubles with each further one, up to an hour
     * @param timeout how long such a call may take
     */
    public record Hooks(int attempts, Duration retryAfter, Duration timeout) {
        public Hooks {
            require(attempts >= 1, "EXPORT_HOOK_ATTEMPTS", "must be 1 or more, but is " + attempts);
            requirePositive("EXPORT_HOOK_RETRY_AFTER", retryAfter);
            requirePositive("EXPORT_HOOK_TIMEOUT", timeout);
        }
    }

    /**
     * Uploads by source applications.
     *
     * @param maxSizeMib largest upload, in MiB
     * @param validation {@code off}; {@code syntax}: JSON is one value, CSV is quoted correctly, both are UTF-8;
     *     {@code strict}: also, every CSV record has as many fields as the first
     * @param deflater what compresses uploads. {@code isal}: Intel's ISA-L, which must be installed (Debian
     *     {@code libisal2}, {@code libisal.so.2}); {@code parallel}: the JDK, with blocks of one upload on idle cores;
     *     {@code jdk}: the JDK, one thread per upload; {@code auto}: {@code isal} if it is installed and the level is 1,
     *     otherwise {@code parallel}. The log names the choice at the start
     * @param deflateLevel level of the JDK's deflater, 1 (fast) to 9 (small); up to 3 a block starts with 8 KiB of
     *     history, from 4 on with 32 KiB
     * @param lease an upload whose replica gives no sign of life for so long is considered dead, and what it stored is
     *     deleted
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

    /** What deflates uploads; every reader takes the output of each. */
    public enum DeflaterChoice {
        /** {@link #ISAL} if it works and the level is 1, otherwise {@link #PARALLEL}. */
        AUTO,
        /** The library ISA-L, on idle cores too. */
        ISAL,
        /** The JDK, on idle cores too. */
        PARALLEL,
        /** The JDK, one thread per upload. */
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
     * The archive that a user downloads.
     *
     * @param mediaType Content-Type of a download; the former service sent {@code application/gzip}
     * @param serviceName name of the service in the archive's README
     * @param help where to get help: a sentence in the archive's manifest and README
     * @param helpLink the link that goes with it, in the README
     */
    public record Download(String mediaType, String serviceName, String help, String helpLink) {}

    /**
     * How large a request and its parts may be (docs/limits.md).
     *
     * @param maxBodySize largest body of a request to the public API, and to {@code /error}
     * @param maxHeaderSize largest request line and headers
     * @param maxJsonDepth deepest nesting of JSON in these bodies
     * @param maxUploadJsonDepth deepest nesting of JSON in an upload
     * @param maxTextLength longest text in these bodies, field name or value, in characters
     * @param maxNameLength longest {@code name} of an export, in characters
     * @param maxMessageSize longest stored message of an error, up to 64KB; a longer one is truncated
     * @param maxSources largest number of sources in an export
     * @param maxFiltersSize largest {@code filters} of a source
     * @param maxPageLength largest number of exports in a page of the list
     * @param maxPageSize a page of the list ends with the export that takes it to so many bytes
     * @param maxRows largest number of CSV records, or of elements of the outermost JSON arrays, in an upload; 0: no limit
     */
    public record Limits(
            DataSize maxBodySize,
            DataSize maxHeaderSize,
            int maxJsonDepth,
            int maxUploadJsonDepth,
            int maxTextLength,
            int maxNameLength,
            DataSize maxMessageSize,
            int maxSources,
            DataSize maxFiltersSize,
            int maxPageLength,
            DataSize maxPageSize,
            long maxRows) {
        public Limits {
            requireSize("EXPORT_LIMIT_BODY", maxBodySize);
            requireSize("EXPORT_LIMIT_HEADERS", maxHeaderSize);
            requireAtLeast(1, "EXPORT_LIMIT_JSON_DEPTH", maxJsonDepth);
            requireAtLeast(1, "EXPORT_LIMIT_UPLOAD_JSON_DEPTH", maxUploadJsonDepth);
            requireAtLeast(1, "EXPORT_LIMIT_TEXT", maxTextLength);
            requireAtLeast(1, "EXPORT_LIMIT_NAME", maxNameLength);
            // shown_message() and sql/upload/find.sql read no more of it.
            require(
                    maxMessageSize.toBytes() >= 4 && maxMessageSize.toKilobytes() <= 64,
                    "EXPORT_LIMIT_MESSAGE",
                    "must be from 4 bytes to 64KB, but is " + maxMessageSize.toBytes() + " bytes");
            requireAtLeast(1, "EXPORT_LIMIT_SOURCES", maxSources);
            requireSize("EXPORT_LIMIT_FILTERS", maxFiltersSize);
            requireAtLeast(1, "EXPORT_LIMIT_PAGE", maxPageLength);
            requireSize("EXPORT_LIMIT_PAGE_SIZE", maxPageSize);
            requireAtLeast(0, "EXPORT_LIMIT_ROWS", maxRows);
        }
    }

    /**
     * How much may go on at a time, and how slow a client may be (docs/limits.md). A 0 is replaced by a value that fits
     * the heap.
     *
     * @param maxHeaderCount largest number of header lines
     * @param maxConnections connections of the public and of the internal port, each; the management port has a quarter.
     *     0: one per MiB of heap, 256 to 8,192
     * @param idleTimeout how long a client may neither send nor take anything
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
    public record Traffic(
            int maxHeaderCount,
            int maxConnections,
            Duration idleTimeout,
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

        public Traffic {
            requireAtLeast(1, "EXPORT_LIMIT_HEADER_COUNT", maxHeaderCount);
            requireAtLeast(0, "EXPORT_LIMIT_CONNECTIONS", maxConnections);
            requirePositive("EXPORT_LIMIT_IDLE_TIMEOUT", idleTimeout);
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
            // FloodTests and LargeAnswersTests show that 256 MiB suffice for all of these at once.
            maxConnections = maxConnections > 0 ? maxConnections : byHeap(1024 * 1024, 256, 8192);
            maxUploads = maxUploads > 0 ? maxUploads : byHeap(8 * 1024 * 1024, 16, 1000);
            maxUploadsPerApplication =
                    maxUploadsPerApplication > 0 ? maxUploadsPerApplication : maxPerOwner(maxUploads);
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

    /**
     * The rate limit of the public API.
     *
     * @param rate requests a second that one organisation may send to one replica's public API; further ones get 429 with
     *     Retry-After, delayed by a second if the client ignores that. 0: no limit
     * @param burst how many of them at once
     */
    public record RateLimit(int rate, int burst) {
        public RateLimit {
            require(rate >= 0, "RATE_LIMIT_RATE", "must be 0 (no limit) or more, but is " + rate);
            require(burst >= 1, "RATE_LIMIT_BURST", "must be 1 or more, but is " + burst);
        }
    }

    private static void requirePositive(String variable, Duration duration) {
        require(duration.isPositive(), variable, "must be more than 0, but is " + duration.toMillis() + " ms");
    }

    private static void requirePort(String variable, int min, int port) {
        require(
                port >= min && port <= 65535,
                variable,
                "must be a port, %d to 65535, but is '%d'".formatted(min, port));
    }

    private static void requireOtherPort(String variable, int port, String otherVariable, int otherPort) {
        require(port != otherPort, variable, "must differ from %s, but both are %d".formatted(otherVariable, port));
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
                "must be more than 0 and less than 2GB, but is " + size.toBytes() + " bytes");
    }

    private static void requireAtLeast(int min, String variable, long value) {
        require(value >= min, variable, "must be %d or more, but is %d".formatted(min, value));
    }

    private static void require(boolean condition, String variable, String reason) {
        if (!condition) {
            throw InvalidSettingException.of(variable, reason);
        }
    }
}
