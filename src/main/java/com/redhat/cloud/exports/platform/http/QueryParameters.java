package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads query parameters. An empty one counts as missing; of a repeated one the first counts. */
public final class QueryParameters {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private QueryParameters() {}

    /** Returns the text, empty when it is missing. */
    public static String text(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    /** @throws ServiceException when it is not a whole number from {@code min} to {@code max} */
    public static int number(Map<String, List<String>> query, String name, int defaultValue, int min, int max) {
        String text = text(query, name);
        if (text.isEmpty()) {
            return defaultValue;
        }
        // parseInt alone accepts a plus sign and the digits of other scripts.
        if (DIGITS.matcher(text).matches()) {
            try {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Out of range.
            }
        }
        throw ServiceException.invalid(
                "invalid %s: '%s' is not a whole number from %d to %d".formatted(name, text, min, max));
    }
}
