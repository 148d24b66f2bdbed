package com.redhat.cloud.exports.routes;

/**
 * Something that is wrong with a route file.
 *
 * @param line from 1
 * @param severity whether a service can run with it
 * @param message what is wrong and, after a semicolon, what would be right
 */
public record Finding(String file, int line, Severity severity, String message) {

    /** What comes of it. */
    public enum Severity {
        /** The file does not do what it says: it is not taken in. */
        ERROR,
        /** It works, but people or editors will stumble over it: taken in, refused by {@code make routes-check}. */
        WARNING
    }

    boolean isError() {
        return severity == Severity.ERROR;
    }

    /** As compilers print it, so that editors find the place. */
    @Override
    public String toString() {
        return "%s:%d: %s%s".formatted(file, line, isError() ? "" : "warning: ", message);
    }
}
