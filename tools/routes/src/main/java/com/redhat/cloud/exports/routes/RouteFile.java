package com.redhat.cloud.exports.routes;

/**
 * A route file and its text.
 *
 * @param location as Camel and people read it: {@code routes/export.camel.yaml}, or {@code classpath:routes/…}
 *     for one in the jar
 */
public record RouteFile(String location, String text) {

    /** The end of a route file's name; other files are ignored. */
    public static final String SUFFIX = ".camel.yaml";
}
