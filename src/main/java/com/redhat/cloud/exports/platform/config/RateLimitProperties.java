package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;

/**
 * The rate limit of the public API.
 *
 * @param rate requests a second that one organisation may send to one replica's public API; further ones get 429 with
 *     Retry-After, delayed by a second if the client ignores that. 0: no limit
 * @param burst how many of them at once
 */
public record RateLimitProperties(int rate, int burst) {
    public RateLimitProperties {
        require(rate >= 0, "RATE_LIMIT_RATE", "must be 0 (no limit) or more, but is " + rate);
        require(burst >= 1, "RATE_LIMIT_BURST", "must be 1 or more, but is " + burst);
    }
}
