package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parses query parameters. The container's parser would also consume a form body, which is an ordinary body here. */
final class QueryString {

    private QueryString() {}

    /**
     * Parses a query.
     *
     * @param raw as sent; each character is a byte, as the container returns it
     * @throws ServiceException if percent-encoding is malformed
     */
    static Map<String, List<String>> parse(String raw) {
        String query = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!pair.isEmpty()) {
                parameters
                        .computeIfAbsent(decode(name), key -> new ArrayList<>(1))
                        .add(decode(value));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalid("the query string is not percent-encoded as it should be");
        }
    }
}
