package com.redhat.cloud.exports.platform.config;

/**
 * The archive that a user downloads.
 *
 * @param mediaType Content-Type of a download; the former service sent {@code application/gzip}
 * @param serviceName name of the service in the archive's README
 * @param help where to get help: a sentence in the archive's manifest and README
 * @param helpLink the link that goes with it, in the README
 */
public record DownloadProperties(String mediaType, String serviceName, String help, String helpLink) {}
