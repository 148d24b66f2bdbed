package com.redhat.cloud.exports.wire.callers;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RequestTopic;

/** A user's request for an export, and the event for a source application that comes of it. */
final class SourceRequest {

    private SourceRequest() {}

    /** The request body of a user's export with one source. */
    static String body(String format, String application, String resource, String filters) {
        return """
                {"name":"Example","format":"%s","sources":[{"application":"%s","resource":"%s","filters":%s}]}""".formatted(format, application, resource, filters);
    }

    /** The event of the export's first source, as its consumer gets it. */
    static String event(Api.Export export) {
        try (RequestTopic topic = new RequestTopic()) {
            return topic.of(export.sources().subList(0, 1)).getFirst().value();
        }
    }
}
