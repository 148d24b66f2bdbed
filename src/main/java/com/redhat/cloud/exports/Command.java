package com.redhat.cloud.exports;

import java.util.Arrays;
import java.util.List;

/**
 * What the arguments ask for: those that deployments of the former service start their containers with. Options
 * ({@code --name=value}) are Spring Boot's and no part of it.
 */
enum Command {
    /** {@code api_server}, or nothing. */
    SERVE,
    /** {@code migrate_db upgrade}: an init container's job, which a start of the service does too. */
    MIGRATE,
    /** {@code migrate_db downgrade}. */
    MIGRATE_BACK,
    /** {@code expired_export_cleaner}: a nightly job's, which the service does all the time. */
    CLEAN,
    /** {@code check_routes}, and a folder if it is not the configured one; none of the former service's. */
    CHECK_ROUTES,
    UNKNOWN;

    static Command of(String... arguments) {
        List<String> words = words(arguments);
        // Where the image has an entry point, the name of the former program is an argument too.
        return switch (String.join(" ", words).replaceFirst("^export-service ?", "")) {
            case "", "api_server" -> SERVE;
            case "migrate_db upgrade" -> MIGRATE;
            case "migrate_db downgrade" -> MIGRATE_BACK;
            case "expired_export_cleaner" -> CLEAN;
            case "check_routes" -> CHECK_ROUTES;
            default -> words.getFirst().equals("check_routes") && words.size() == 2 ? CHECK_ROUTES : UNKNOWN;
        };
    }

    /** Without the options. */
    static List<String> words(String... arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .toList();
    }
}
