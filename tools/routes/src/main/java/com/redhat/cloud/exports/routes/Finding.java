package com.redhat.cloud.exports.routes;

/**
 * A mistake in a route file.
 *
 * @param line from 1
 * @param severity whether the file can be applied
 * @param message the mistake and, after a semicolon, the remedy
 */
public record Finding(String file, int line, Severity severity, String message) {

    /** The consequence of a finding. */
    public enum Severity {
        /** The file does not do what it says: it is refused. */
        ERROR,
        /** It works but will mislead people or editors: a reload applies it, {@code make routes-check} fails. */
        WARNING
    }

    boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Formatted as compilers do, so that editors can jump to the place. */
    @Override
    public String toString() {
        return "%s:%d: %s%s".formatted(file, line, isError() ? "" : "warning: ", message);
    }
}
