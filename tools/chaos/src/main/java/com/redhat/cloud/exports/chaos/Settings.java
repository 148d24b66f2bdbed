package com.redhat.cloud.exports.chaos;

import java.time.Duration;
import java.util.Map;

/**
 * Durations and rates of a run.
 *
 * @param full whether all faults happen, or only those of a short run
 * @param seed of everything random in the harness
 * @param createsPerSecond create requests of users
 * @param calm fault-free time at the start, in which nothing may be announced twice
 * @param repeatAfter time until the service sends a reminder
 * @param deadline response deadline of the service
 * @param faults time in which faults start
 * @param quiescence time limit for the service to catch up after the last fault
 */
record Settings(
        boolean full,
        long seed,
        double createsPerSecond,
        Duration calm,
        Duration faults,
        Duration repeatAfter,
        Duration deadline,
        Duration quiescence) {

    static Settings of(boolean full, long seed) {
        return full
                ? new Settings(
                        true,
                        seed,
                        2,
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(320),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(180))
                : new Settings(
                        false,
                        seed,
                        2,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(120));
    }

    /** Settings of the service that shorten its waits. */
    Map<String, String> ofService() {
        return Map.of(
                "EXPORT_EXPIRY_PERIOD", "2s",
                "EXPORT_DELETION_PERIOD", "1s",
                "EXPORT_REMINDER_AFTER", repeatAfter.toSeconds() + "s",
                "EXPORT_RESPONSE_DEADLINE", deadline.toSeconds() + "s",
                "EXPORT_UPLOAD_LEASE", "20s",
                "PGSQL_POOL_SIZE", "10");
    }
}
