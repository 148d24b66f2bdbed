package com.redhat.cloud.exports.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.NestedExceptionUtils;

class ExportPropertiesTests {

    @Test
    void theDefaultsAreThoseOfTheFormerService() {
        ExportProperties settings = Settings.of(Map.of());
        assertThat(settings.internalPort()).isEqualTo(10000);
        assertThat(settings.expiry().afterDays()).isEqualTo(7);
        assertThat(settings.expiry().minimumLife()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.traffic().minBytesPerSecond()).isEqualTo(1024);
        assertThat(settings.upload().maxSizeMib()).isEqualTo(500);
        assertThat(settings.upload().maxSizeBytes()).isEqualTo(500L * 1024 * 1024);
        assertThat(settings.upload().validation()).isEqualTo(UploadProperties.Validation.SYNTAX);
        assertThat(settings.event().topic()).isEqualTo("platform.export.requests");
        assertThat(settings.event().dataSchema()).endsWith("/v1/resource-request.json");
        assertThat(settings.storage().bucket()).isEqualTo("exports-bucket");
        assertThat(settings.preSharedKeyCheckDisabled()).isFalse();
        assertThat(settings.limits().maxBodySize().toBytes()).isEqualTo(1024 * 1024);
        assertThat(settings.limits().maxJsonDepth()).isEqualTo(100);
    }

    @Test
    void theVariablesOfExistingDeploymentsAreRead() {
        ExportProperties settings = Settings.of(Map.ofEntries(
                Map.entry("PRIVATE_PORT", "10001"),
                Map.entry("EXPORT_EXPIRY_DAYS", "1"),
                Map.entry("EXPORT_MINIMUM_LIFE", "1d"),
                Map.entry("EXPORT_EXPIRY_PERIOD", "5m"),
                Map.entry("MAX_PAYLOAD_SIZE", "4096"),
                Map.entry("EXPORT_UPLOAD_VALIDATION", "strict"),
                Map.entry("KAFKA_ANNOUNCE_TOPIC", "t"),
                Map.entry("EXPORT_SERVICE_BUCKET", "b"),
                Map.entry("MINIO_SSL", "true"),
                Map.entry("DISABLE_SERVICE_TO_SERVICE_PSK_AUTH", "true")));
        assertThat(settings.internalPort()).isEqualTo(10001);
        assertThat(settings.expiry().afterDays()).isEqualTo(1);
        assertThat(settings.expiry().minimumLife()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.expiry().period()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.upload().maxSizeBytes()).isEqualTo(4096L * 1024 * 1024);
        assertThat(settings.upload().validation()).isEqualTo(UploadProperties.Validation.STRICT);
        assertThat(settings.event().topic()).isEqualTo("t");
        assertThat(settings.storage().bucket()).isEqualTo("b");
        assertThat(settings.storage().ssl()).isTrue();
        assertThat(settings.preSharedKeyCheckDisabled()).isTrue();
    }

    @Test
    void theKeysHaveThreeNamesAndTheFirstThatIsSetCounts() {
        assertThat(Settings.of("PSKS", "c").preSharedKeys()).isEqualTo("c");
        assertThat(Settings.of(Map.of("EXPORT_PSKS", "b", "PSKS", "c")).preSharedKeys())
                .isEqualTo("b");
        assertThat(Settings.of(Map.of("EXPORTS_PSKS", "a", "EXPORT_PSKS", "b", "PSKS", "c"))
                        .preSharedKeys())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({"0s, more than 0", "-1h, more than 0", "8d, longer than EXPORT_EXPIRY_DAYS"})
    void aMinimumLifeOutOfBoundsIsRefused(String value, String reason) {
        assertThatThrownBy(() -> Settings.of("EXPORT_MINIMUM_LIFE", value))
                .extracting(NestedExceptionUtils::getMostSpecificCause, InstanceOfAssertFactories.THROWABLE)
                .hasMessageContainingAll("EXPORT_MINIMUM_LIFE", reason);
    }

    @ParameterizedTest
    @CsvSource({
        "EXPORT_EXPIRY_DAYS, 0, 1 or more",
        "EXPORT_EXPIRY_DAYS, -1, 1 or more",
        "MAX_PAYLOAD_SIZE, 0, 1 or more",
        "EXPORT_DEFLATE_LEVEL, 0, from 1 to 9",
        "EXPORT_DEFLATE_LEVEL, 10, from 1 to 9",
        "RATE_LIMIT_RATE, -1, 0 (no limit) or more",
        "RATE_LIMIT_BURST, 0, 1 or more"
    })
    void aNumberOutOfBoundsIsRefusedByItsNameAndBounds(String variable, String value, String bounds) {
        assertThatThrownBy(() -> Settings.of(variable, value))
                .extracting(NestedExceptionUtils::getMostSpecificCause, InstanceOfAssertFactories.THROWABLE)
                .hasMessageContainingAll(variable, bounds, value);
    }

    @Test
    void anUnknownChoiceIsRefused() {
        assertThatThrownBy(() -> Settings.of("EXPORT_UPLOAD_VALIDATION", "lenient"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
