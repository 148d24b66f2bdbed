package com.redhat.cloud.exports.chaos;

import java.time.Duration;
import java.util.Map;

/**
 * How long and how much.
 *
 * @param full every fault, or the few that fit a short run
 * @param seed of everything that is random here; what the machine does in between is not
 * @param createsPerSecond requests of users
 * @param calm time without a fault at the beginning, in which nothing may be announced twice
 * @param repeatAfter time until the service asks again
 * @param deadline time until it gives a source up
 * @param faults time in which faults begin
 * @param quiescence longest time for the service to put everything in order after the last fault
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

    /** What shortens the service's waits, by its environment names. */
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
