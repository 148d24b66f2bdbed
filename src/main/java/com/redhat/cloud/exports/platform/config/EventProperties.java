package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;

import java.util.regex.Pattern;

/**
 * The request event: its topic and its constant attributes (contract section 6).
 *
 * @param topic topic of the request events
 * @param source {@code source} of the event
 * @param specVersion {@code specversion} of the event
 * @param type {@code type} of the event
 * @param dataSchema {@code dataschema} of the event. None: that of the shape,
 *     {@code https://console.redhat.com/api/schemas/apps/export-service/v1/resource-request.json} or, for {@code guide},
 *     {@code …/export-request.json}
 * @param schema {@code $schema} of the event
 * @param shape {@code platform}: the request is in {@code data.resource_request}; {@code guide}: it is {@code data}
 *     itself, without {@code export_request_uuid}, which the {@code subject} has
 */
public record EventProperties(
        String topic, String source, String specVersion, String type, String dataSchema, String schema, Shape shape) {

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public EventProperties {
        require(
                TOPIC.matcher(topic).matches(),
                "KAFKA_ANNOUNCE_TOPIC",
                "must be a name of letters, digits, '.', '_' and '-'");
        dataSchema = dataSchema.isEmpty() ? shape.dataSchema : dataSchema;
    }

    /** Where the event's {@code data} holds the request. */
    public enum Shape {
        /** In an object {@code resource_request}, as the platform's consumers read it. */
        PLATFORM("resource-request"),
        /** In {@code data} itself, as the first guide to the service had it. */
        GUIDE("export-request");

        private final String dataSchema;

        Shape(String name) {
            this.dataSchema = "https://console.redhat.com/api/schemas/apps/export-service/v1/" + name + ".json";
        }
    }
}
