package com.redhat.cloud.exports.download;

import java.net.URI;
import java.util.List;

/**
 * What the operator lets {@code README.md} say. Taken over as Markdown.
 *
 * @param serviceName the service as its users know it
 * @param help where a user gets help, a sentence or more
 * @param links further reading
 */
record ReadmeTexts(String serviceName, String help, List<Link> links) {

    record Link(String label, URI target) {}
}
