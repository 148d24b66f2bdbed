package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.platform.database.StorableText;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /exports}. Unknown fields are ignored, and so are {@code id} and {@code status}, which callers
 * cannot choose.
 *
 * @param format as sent, empty when absent
 * @param expiresAt as sent, past or future; null for the default
 */
record ExportRequest(String name, String format, @Nullable Instant expiresAt, List<Source> sources) {

    /**
     * @param filters null when absent or null
     * @param filtersText filters as they were sent, see {@link ExportRequestBody}; null unless they are an object
     * @param expires when this source's data expires, as sent; null for the export's expiry
     */
    record Source(
            String application,
            String resource,
            @Nullable JsonNode filters,
            @Nullable String filtersText,
            @Nullable Instant expires) {}

    /** @throws ServiceException when a field has the wrong type */
    static ExportRequest parse(ExportRequestBody request) {
        JsonNode body = request.json();
        if (!body.isObject()) {
            throw ServiceException.invalid("the request body is not a JSON object");
        }
        List<Source> sources = new ArrayList<>();
        for (JsonNode source : array(body, "sources")) {
            if (!source.isObject()) {
                throw ServiceException.invalid("a source is not a JSON object");
            }
            JsonNode filters = source.path("filters");
            sources.add(new Source(
                    text(source, "application"),
                    text(source, "resource"),
                    filters.isNull() || filters.isMissingNode() ? null : filters,
                    filters.isObject() ? request.filters().get(sources.size()) : null,
                    time(source, "expires")));
        }
        return new ExportRequest(text(body, "name"), text(body, "format"), time(body, "expires_at"), sources);
    }

    private static Iterable<JsonNode> array(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        if (value.isArray() || value.isNull() || value.isMissingNode()) {
            return value;
        }
        throw ServiceException.invalid("'%s' is not a list".formatted(field));
    }

    private static String text(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (!value.isTextual()) {
            throw ServiceException.invalid("'%s' is not a string".formatted(field));
        }
        return StorableText.require(field, value.textValue());
    }

    private static @Nullable Instant time(JsonNode parent, String field) {
        String text = text(parent, field);
        if (text.isEmpty()) {
            if (parent.path(field).isTextual()) {
                throw notATime(field, text);
            }
            return null;
        }
        return Rfc3339.parse(text).orElseThrow(() -> notATime(field, text)).toInstant();
    }

    private static ServiceException notATime(String field, String text) {
        return ServiceException.invalid(
                "'%s' of '%s' is not a date and time with zone in RFC 3339, like 2022-01-01T00:00:00Z"
                        .formatted(text, field));
    }
}
