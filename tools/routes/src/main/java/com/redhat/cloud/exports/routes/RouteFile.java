package com.redhat.cloud.exports.routes;

/**
 * A route file and what is in it.
 *
 * @param location where it is, as Camel and people read it: {@code routes/export.camel.yaml}, or {@code classpath:routes/…}
 *     for one in the jar
 */
public record RouteFile(String location, String text) {

    /** What every route file's name ends with; others are left alone. */
    public static final String SUFFIX = ".camel.yaml";
}
