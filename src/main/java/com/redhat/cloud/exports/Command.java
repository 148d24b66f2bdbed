package com.redhat.cloud.exports;

import java.util.Arrays;
import java.util.List;

/**
 * What the arguments ask for. The words are those with which deployments start containers of the former service; options
 * ({@code --name=value}) are left to Spring Boot.
 */
enum Command {
    /** {@code api_server}, or nothing. */
    SERVE,
    /** {@code migrate_db upgrade}, as in init containers; the service migrates at its start too. */
    MIGRATE,
    /** {@code migrate_db downgrade}. */
    MIGRATE_BACK,
    /** {@code expired_export_cleaner}, as in nightly jobs; the service deletes all the time. */
    CLEAN,
    /** {@code check_routes}, and a folder other than the configured one; the former service has no such command. */
    CHECK_ROUTES,
    UNKNOWN;

    static Command of(String... arguments) {
        List<String> words = words(arguments);
        // With an entry point in the image, the name of the former program is an argument too.
        return switch (String.join(" ", words).replaceFirst("^export-service ?", "")) {
            case "", "api_server" -> SERVE;
            case "migrate_db upgrade" -> MIGRATE;
            case "migrate_db downgrade" -> MIGRATE_BACK;
            case "expired_export_cleaner" -> CLEAN;
            case "check_routes" -> CHECK_ROUTES;
            default -> words.getFirst().equals("check_routes") && words.size() == 2 ? CHECK_ROUTES : UNKNOWN;
        };
    }

    /** The arguments without options. */
    static List<String> words(String... arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .toList();
    }
}
