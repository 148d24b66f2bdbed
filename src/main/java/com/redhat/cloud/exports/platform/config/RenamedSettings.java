package com.redhat.cloud.exports.platform.config;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/** Refuses a variable that has been renamed: ignoring it would silently replace a limit by its default. */
final class RenamedSettings implements EnvironmentPostProcessor {

    private static final Map<String, String> NEW_NAMES = Map.ofEntries(
            Map.entry("EXPORT_ERASE_PERIOD", "EXPORT_DELETION_PERIOD"),
            Map.entry("EXPORT_LIMIT_DOWNLOADS_OF_ONE", "EXPORT_LIMIT_DOWNLOADS_PER_ORGANISATION"),
            Map.entry("EXPORT_LIMIT_HEAD_TIME", "EXPORT_LIMIT_HEADER_TIMEOUT"),
            Map.entry("EXPORT_LIMIT_MEMORY_OF_ONE", "EXPORT_LIMIT_MEMORY_PER_ORGANISATION"),
            Map.entry("EXPORT_LIMIT_PATIENCE", "EXPORT_LIMIT_QUEUE_TIMEOUT"),
            Map.entry("EXPORT_LIMIT_REQUESTS_OF_ONE", "EXPORT_LIMIT_REQUESTS_PER_ORGANISATION"),
            Map.entry("EXPORT_LIMIT_SILENCE", "EXPORT_LIMIT_IDLE_TIMEOUT"),
            Map.entry("EXPORT_LIMIT_SLOWEST", "EXPORT_LIMIT_MIN_BYTES_PER_SECOND"),
            Map.entry("EXPORT_LIMIT_SLOWEST_FOR", "EXPORT_LIMIT_MIN_BYTES_WITHIN"),
            Map.entry("EXPORT_LIMIT_UPLOADS_OF_ONE", "EXPORT_LIMIT_UPLOADS_PER_APPLICATION"),
            Map.entry("EXPORT_LIMIT_UPLOADS_OF_ORG", "EXPORT_LIMIT_UPLOADS_PER_ORGANISATION"),
            Map.entry("EXPORT_REQUEST_REPEATS", "EXPORT_REMINDERS"),
            Map.entry("EXPORT_REQUEST_REPEAT_AFTER", "EXPORT_REMINDER_AFTER"),
            Map.entry("EXPORT_SOURCE_DEADLINE", "EXPORT_RESPONSE_DEADLINE"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        NEW_NAMES.forEach((oldName, newName) -> {
            if (environment.containsProperty(oldName)) {
                throw InvalidSettingException.of(oldName, "is now called " + newName);
            }
        });
    }
}
