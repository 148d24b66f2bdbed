package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.requireOtherPort;
import static com.redhat.cloud.exports.platform.config.Requirements.requirePort;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.logging.LogLevel;

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
        @NestedConfigurationProperty OidcProperties oidc,
        @NestedConfigurationProperty TlsProperties tls,
        @NestedConfigurationProperty DatabaseProperties database,
        @NestedConfigurationProperty KafkaProperties kafka,
        @NestedConfigurationProperty EventProperties event,
        @NestedConfigurationProperty StorageProperties storage,
        @NestedConfigurationProperty ExpiryProperties expiry,
        @NestedConfigurationProperty ResponseProperties response,
        @NestedConfigurationProperty HooksProperties hooks,
        @NestedConfigurationProperty UploadProperties upload,
        @NestedConfigurationProperty DownloadProperties download,
        @NestedConfigurationProperty LimitsProperties limits,
        @NestedConfigurationProperty TrafficProperties traffic,
        @NestedConfigurationProperty RateLimitProperties rateLimit) {

    public ExportProperties {
        requirePort("PUBLIC_PORT", 1, publicPort);
        requirePort("PRIVATE_PORT", 1, internalPort);
        requirePort("METRICS_PORT", 1, managementPort);
        requireOtherPort("PRIVATE_PORT", internalPort, "PUBLIC_PORT", publicPort);
        requireOtherPort("METRICS_PORT", managementPort, "PUBLIC_PORT", publicPort);
        requireOtherPort("METRICS_PORT", managementPort, "PRIVATE_PORT", internalPort);
    }
}
