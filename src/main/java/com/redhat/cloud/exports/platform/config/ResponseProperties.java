package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;
import static com.redhat.cloud.exports.platform.config.Requirements.requirePositive;

import java.time.Duration;

/**
 * How long a source application may take to answer a request.
 *
 * @param deadline time from the request event until a source without an answer fails with 504
 * @param reminders how many times the request event is sent again before that
 * @param reminderAfter time until the first reminder; doubles with each further one
 */
public record ResponseProperties(Duration deadline, int reminders, Duration reminderAfter) {
    public ResponseProperties {
        requirePositive("EXPORT_RESPONSE_DEADLINE", deadline);
        require(reminders >= 0 && reminders <= 20, "EXPORT_REMINDERS", "must be from 0 to 20, but is " + reminders);
        requirePositive("EXPORT_REMINDER_AFTER", reminderAfter);
    }
}
