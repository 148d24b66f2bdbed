package com.redhat.cloud.exports.routes;

import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file and its text.
 *
 * @param location as people read it: {@code routes/export.camel.yaml}, or {@code classpath:routes/…} for one in the jar
 */
public record RouteFile(String location, String text) {

    /** The end of a route file's name; other files are ignored. */
    public static final String SUFFIX = ".camel.yaml";

    /** Returns the file for Camel. For that, a file's extension begins at the first dot of its name. */
    Resource resource() {
        int name = location.lastIndexOf('/') + 1;
        int suffix = location.length() - SUFFIX.length();
        return ResourceHelper.fromString(
                location.substring(0, name) + location.substring(name, suffix).replace('.', '_') + SUFFIX, text);
    }
}
