package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;
import static com.redhat.cloud.exports.platform.config.Requirements.requirePositive;

import java.time.Duration;

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
public record ExpiryProperties(
        int afterDays, Duration minimumLife, Duration period, Duration deletionPeriod, Duration idempotencyKeys) {
    public ExpiryProperties {
        require(afterDays >= 1, "EXPORT_EXPIRY_DAYS", "must be a whole number of days, 1 or more, but is " + afterDays);
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
