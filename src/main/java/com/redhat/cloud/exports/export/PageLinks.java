package com.redhat.cloud.exports.export;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The links of a page as existing clients get them, {@code last} of {@code count - limit} included, which can be
 * negative. They are relative, keep every other parameter, and are sorted by name.
 */
record PageLinks(
        String first, @Nullable String next, @Nullable String previous, String last) {

    private static final String PATH = "/api/export/v1/exports?";

    /** @param exports in the page: {@code limit}, or those of a page that is cut */
    static PageLinks of(Map<String, List<String>> query, long count, int limit, int offset, long exports) {
        String first = link(query, limit, 0);
        long end = offset + exports;
        String next = end < count ? link(query, limit, end) : null;
        if (count <= limit && offset == 0) {
            return new PageLinks(first, next, null, first);
        }
        return new PageLinks(
                first,
                next,
                offset > 0 && offset < count ? link(query, limit, Math.max(offset - (long) limit, 0)) : null,
                link(query, limit, count - limit));
    }

    String toJson() {
        return """
                {"first":"%s","next":%s,"previous":%s,"last":"%s"}""".formatted(first, quoted(next), quoted(previous), last);
    }

    /** A link needs no escaping in JSON: what is not a letter, a digit or one of {@code -_.*+%=&?/} is percent-encoded. */
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
