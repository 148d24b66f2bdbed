package com.redhat.cloud.exports.export;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The links of a page as existing clients get them: relative, with every other parameter repeated, parameters sorted by
 * name. The offset of {@code last} is {@code count - limit}, which can be negative. Next and previous always lead on: a page
 * of limit 0, which shows the count only, has neither.
 */
record PageLinks(
        String first, @Nullable String next, @Nullable String previous, String last) {

    private static final String PATH = "/api/export/v1/exports?";

    /** @param exports the page's size: {@code limit}, or less if the page was cut */
    static PageLinks of(Map<String, List<String>> query, long count, int limit, int offset, long exports) {
        String first = link(query, limit, 0);
        long end = offset + exports;
        String next = exports > 0 && end < count ? link(query, limit, end) : null;
        if (count <= limit && offset == 0) {
            return new PageLinks(first, next, null, first);
        }
        return new PageLinks(
                first,
                next,
                limit > 0 && offset > 0 && offset < count
                        ? link(query, limit, Math.max(offset - (long) limit, 0))
                        : null,
                link(query, limit, count - limit));
    }

    String toJson() {
        return """
                {"first":"%s","next":%s,"previous":%s,"last":"%s"}""".formatted(first, quoted(next), quoted(previous), last);
    }

    /** Links need no escaping in JSON: all but letters, digits and {@code -_.*+%=&?/} are percent-encoded. */
    private static String quoted(@Nullable String link) {
        return link == null ? "null" : '"' + link + '"';
    }

    private static String link(Map<String, List<String>> query, int limit, long offset) {
        Map<String, List<String>> parameters = new TreeMap<>(query);
        parameters.put("limit", List.of(Integer.toString(limit)));
        parameters.put("offset", List.of(Long.toString(offset)));
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> values.forEach(value -> pairs.add(encode(name) + '=' + encode(value))));
        return PATH + String.join("&", pairs);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
