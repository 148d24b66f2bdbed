package com.redhat.cloud.exports.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to a source application, and the events that carry it.
 *
 * @param filters JSON, or null for none
 */
record ExportRequest(
        UUID export,
        UUID source,
        String application,
        String resource,
        String format,
        String organisation,
        @Nullable JsonNode filters) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMAS = "https://console.redhat.com/api/schemas/";
    private static final String IDENTITY = "x-rh-identity";

    static ExportRequest of(String application, String resource, String format, String organisation) {
        return new ExportRequest(
                UUID.randomUUID(), UUID.randomUUID(), application, resource, format, organisation, null);
    }

    /** The same for another source of the export. */
    ExportRequest another(String otherResource, String otherFormat) {
        return new ExportRequest(
                export, UUID.randomUUID(), application, otherResource, otherFormat, organisation, filters);
    }

    ExportRequest with(@Nullable JsonNode otherFilters) {
        return new ExportRequest(export, source, application, resource, format, organisation, otherFilters);
    }

    /** The usual shape: the request is in {@code data.resource_request}. */
    ObjectNode event() {
        var event = envelope("apps/export-service/v1/resource-request.json");
        event.putObject("data").set("resource_request", request().put("export_request_uuid", export.toString()));
        return event;
    }

    /** The flat shape: {@code data} is the request itself, and only the subject names the export. */
    ObjectNode flatEvent() {
        var event = envelope("apps/export-service/v1/export-request.json");
        event.set("data", request());
        return event;
    }

    private ObjectNode request() {
        var request = JSON.createObjectNode()
                .put("application", application)
                .put("format", format)
                .put("resource", resource)
                .put("uuid", source.toString())
                .put(IDENTITY, "e30=");
        if (filters != null) {
            request.set("filters", filters);
        }
        return request;
    }

    private ObjectNode envelope(String schema) {
        return JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("$schema", SCHEMAS + "events/v1/events.json")
                .put("source", "urn:redhat:source:console:app:export-service")
                .put("subject", "urn:redhat:subject:export-service:request:" + export)
                .put("specversion", "1.0")
                .put("type", "com.redhat.console.export-service.request")
                .put("time", "2023-01-01T00:00:00Z")
                .put("redhatorgid", organisation)
                .put("dataschema", SCHEMAS + schema);
    }
}
