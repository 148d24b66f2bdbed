package com.redhat.cloud.exports.download;

import java.net.URI;
import java.util.List;

/**
 * The operator's texts in {@code README.md}, as Markdown.
 *
 * @param serviceName the service's name for its users
 * @param help a sentence or more on where to get help
 * @param links further reading
 */
record ReadmeTexts(String serviceName, String help, List<Link> links) {

    record Link(String label, URI target) {}
}
