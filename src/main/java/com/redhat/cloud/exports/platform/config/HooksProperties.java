package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;
import static com.redhat.cloud.exports.platform.config.Requirements.requirePositive;

import java.time.Duration;

/**
 * Calls of routes that teams have added (docs/extensions.md).
 *
 * @param attempts how many times an extension's route (docs/extensions.md) is called before the call is given up;
 *     12 take about two and a half hours
 * @param retryAfter time from the first failed attempt to the next; doubles with each further one, up to an hour
 * @param timeout how long such a call may take
 */
public record HooksProperties(int attempts, Duration retryAfter, Duration timeout) {
    public HooksProperties {
        require(attempts >= 1, "EXPORT_HOOK_ATTEMPTS", "must be 1 or more, but is " + attempts);
        requirePositive("EXPORT_HOOK_RETRY_AFTER", retryAfter);
        requirePositive("EXPORT_HOOK_TIMEOUT", timeout);
    }
}
