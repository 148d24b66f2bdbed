package com.redhat.cloud.exports.wire.callers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decodes answers as the strictest generated clients do: a required field is present, no type is converted, an enumerated text is one of those listed, a status is the documented one. Anything else is an {@link AssertionError}.
 */
final class StrictDecoder {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> FORMATS = Set.of("json", "csv");
    private static final Set<String> EXPORT_STATUSES = Set.of("pending", "running", "complete", "partial", "failed");
    private static final Set<String> SOURCE_STATUSES = Set.of("pending", "complete", "failed");

    private StrictDecoder() {}

    static JsonNode json(HttpResponse<byte[]> response, int status) {
        require(response.statusCode() == status, "status " + response.statusCode());
        String type = response.headers().firstValue("content-type").orElse("");
        require(type.equals("application/json"), "media type " + type);
        try {
            return new JsonMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What POST and status answer. */
    static JsonNode export(JsonNode export) {
        listed(export);
        JsonNode sources = field(export, "sources");
        require(sources.isArray() && !sources.isEmpty(), "sources");
        for (JsonNode source : sources) {
            matches(source, "id", UUID);
            text(source, "application");
            text(source, "resource");
            oneOf(source, "status", SOURCE_STATUSES);
            JsonNode filters = field(source, "filters");
            require(filters.isObject() || filters.isNull(), "filters");
            require(!source.has("message") || source.get("message").isTextual(), "message");
            require(!source.has("error") || source.get("error").isInt(), "error");
        }
        return export;
    }

    /** An item of the list. */
    static JsonNode listed(JsonNode export) {
        matches(export, "id", UUID);
        text(export, "name");
        oneOf(export, "format", FORMATS);
        oneOf(export, "status", EXPORT_STATUSES);
        time(export, "created_at");
        time(export, "expires_at");
        if (export.has("completed_at")) {
            time(export, "completed_at");
        }
        return export;
    }

    static JsonNode list(JsonNode list) {
        require(field(field(list, "meta"), "count").isIntegralNumber(), "count");
        JsonNode links = field(list, "links");
        text(links, "first");
        text(links, "last");
        for (String link : new String[] {"next", "previous"}) {
            require(field(links, link).isTextual() || links.get(link).isNull(), link);
        }
        require(field(list, "data").isArray(), "data");
        list.get("data").forEach(StrictDecoder::listed);
        return list;
    }

    static JsonNode problem(JsonNode problem, int status) {
        require(!text(problem, "message").isEmpty(), "message");
        JsonNode code = field(problem, "code");
        require(code.isInt() && code.intValue() == status, "code");
        return problem;
    }

    private static JsonNode field(JsonNode object, String name) {
        require(object.has(name), "no " + name);
        return object.get(name);
    }

    private static String text(JsonNode object, String name) {
        require(field(object, name).isTextual(), name);
        return object.get(name).textValue();
    }

    private static void matches(JsonNode object, String name, Pattern pattern) {
        require(pattern.matcher(text(object, name)).matches(), name);
    }

    private static void oneOf(JsonNode object, String name, Set<String> values) {
        require(values.contains(text(object, name)), name);
    }

    /** RFC 3339 in UTC. */
    private static void time(JsonNode object, String name) {
        String text = text(object, name);
        require(text.endsWith("Z"), name);
        OffsetDateTime.parse(text);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
