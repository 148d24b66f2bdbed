package com.redhat.cloud.exports.outbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.platform.config.EventProperties;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes request events as CloudEvents in JSON (contract section 6). Consumers validate them strictly before they look at the
 * application, so they have exactly the keys below.
 */
@Component
public class RequestEvents {

    /** With a shared pool of buffers: by default each thread has its own, and each request is a thread. */
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build());

    private final EventProperties constants;

    RequestEvents(ExportProperties properties) {
        this.constants = properties.event();
    }

    /** @param filters a JSON object; left out of the event when null or empty */
    public record Request(
            UUID exportId,
            UUID sourceId,
            String application,
            String resource,
            String format,
            @Nullable String filters) {}

    /**
     * @param identity the x-rh-identity header as received
     * @return the event in JSON, with a new id
     */
    public String of(Request request, String orgId, String identity, Instant time) {
        StringWriter text = new StringWriter(1024);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("id", UUID.randomUUID().toString());
            json.writeStringField("$schema", constants.schema());
            json.writeStringField("source", constants.source());
            json.writeStringField("subject", "urn:redhat:subject:export-service:request:" + request.exportId());
            json.writeStringField("specversion", constants.specVersion());
            json.writeStringField("type", constants.type());
            json.writeStringField("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
            json.writeStringField("redhatorgid", orgId);
            json.writeStringField("dataschema", constants.dataSchema());
            json.writeObjectFieldStart("data");
            if (constants.shape() == EventProperties.Shape.PLATFORM) {
                json.writeObjectFieldStart("resource_request");
                json.writeStringField("export_request_uuid", request.exportId().toString());
                writeRequest(json, request, identity);
                json.writeEndObject();
            } else {
                writeRequest(json, request, identity);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    private static void writeRequest(JsonGenerator json, Request request, String identity) throws IOException {
        json.writeStringField("application", request.application());
        String filters = request.filters();
        if (filters != null && !filters.equals("{}")) {
            json.writeFieldName("filters");
            json.writeRawValue(filters);
        }
        json.writeStringField("format", request.format());
        json.writeStringField("resource", request.resource());
        json.writeStringField("uuid", request.sourceId().toString());
        json.writeStringField("x-rh-identity", identity);
    }
}
