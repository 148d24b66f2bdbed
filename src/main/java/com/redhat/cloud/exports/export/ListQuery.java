package com.redhat.cloud.exports.export;

import com.redhat.cloud.exports.platform.database.StorableText;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.platform.http.QueryParameters;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of {@code GET /exports} (contract section 3): selection, order and page.
 *
 * @param query all parameters as sent; the links repeat them
 * @param texts the required values of {@code name}, {@code status}, {@code application} and {@code resource}, where sent
 * @param created start of the day in which the export was created
 * @param expires start of the day in which it expires
 * @param order the {@code order by} of {@link ListStatement}
 */
record ListQuery(
        Map<String, List<String>> query,
        Map<String, String> texts,
        @Nullable OffsetDateTime created,
        @Nullable OffsetDateTime expires,
        int limit,
        int offset,
        String order) {

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** The values of {@code sort} and their SQL expressions. An export sorts by its first source. */
    private static final Map<String, String> SORTS = Map.of(
            "name", "e.name",
            "created", "e.created_at",
            "created_at", "e.created_at",
            "expires", "e.expires",
            "expires_at", "e.expires",
            "application", "(select min(s.application) from sources s where s.export_payload_id = e.id)",
            "resource", "(select min(s.resource) from sources s where s.export_payload_id = e.id)");

    /**
     * @param maxLimit replaces a larger {@code limit}
     * @throws ServiceException when a parameter is invalid
     */
    static ListQuery parse(Map<String, List<String>> query, int maxLimit) {
        Map<String, String> texts = new HashMap<>();
        for (String name : List.of("name", "status", "application", "resource")) {
            String value = QueryParameters.text(query, name);
            if (!value.isEmpty()) {
                texts.put(name, StorableText.require(name, value));
            }
        }
        String sort = QueryParameters.text(query, "sort");
        String expression = sort.isEmpty() ? "e.created_at" : SORTS.get(sort);
        if (expression == null) {
            throw ServiceException.invalid(
                    "sort does not match one of name, created_at, expires_at, application, resource: " + sort);
        }
        String direction = QueryParameters.text(query, "dir");
        if (!direction.isEmpty() && !direction.equals("asc") && !direction.equals("desc")) {
            throw ServiceException.invalid("dir does not match 'asc' or 'desc': " + direction);
        }
        return new ListQuery(
                query,
                texts,
                day(query, "created_at"),
                day(query, "expires_at"),
                Math.min(QueryParameters.number(query, "limit", 100, 0, Integer.MAX_VALUE), maxLimit),
                QueryParameters.number(query, "offset", 0, 0, Integer.MAX_VALUE),
                "%s %s, e.id".formatted(expression, direction));
    }

    /**
     * Renders the page's links as a JSON object.
     *
     * @param exports the page's size: {@code limit}, or less if the page was cut
     */
    String links(long count, long exports) {
        return PageLinks.of(query, count, limit, offset, exports).toJson();
    }

    private static @Nullable OffsetDateTime day(Map<String, List<String>> query, String name) {
        String text = QueryParameters.text(query, name);
        if (text.isEmpty()) {
            return null;
        }
        String time = DATE.matcher(text).matches() ? text + "T00:00:00Z" : text;
        return Rfc3339.parse(time).orElseThrow(() -> notADate(text));
    }

    private static ServiceException notADate(String text) {
        boolean plusWasDecoded = Rfc3339.parse(text.replace(' ', '+')).isPresent();
        return ServiceException.invalid("'%s' is not a valid date in ISO 8601%s"
                .formatted(text, plusWasDecoded ? "; in a URL the '+' of a zone is written %2B" : ""));
    }
}
