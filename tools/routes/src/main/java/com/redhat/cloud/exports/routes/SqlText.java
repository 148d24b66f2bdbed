package com.redhat.cloud.exports.routes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What camel-sql makes of a statement: every {@code #} is a parameter, unless it is told to leave them alone. */
final class SqlText {

    private static final Pattern COMMENT_OR_TEXT = Pattern.compile("--[^\n]*|'(?:[^']|'')*'");

    /** {@code :#name}, {@code :#in:name}, {@code :#${expression}}, {@code :#$simple{expression}}. */
    private static final Pattern PARAMETER = Pattern.compile(":\\??#(?:in:)?(?:[\\w.-]+|\\$(?:simple)?\\{[^}\n]*})");

    private SqlText() {}

    /** What is wrong, to be put behind the file's name. */
    static Optional<String> complaint(String statement) {
        String code = blank(COMMENT_OR_TEXT, statement);
        String rest = blank(PARAMETER, code);
        int sign = rest.indexOf('#');
        if (sign < 0) {
            return Optional.empty();
        }
        long line = rest.substring(0, sign).chars().filter(c -> c == '\n').count() + 1;
        boolean named = sign > 0 && rest.charAt(sign - 1) == ':';
        return Optional.of(
                named
                        ? "has a parameter in line %d that is not :#name or :#${expression}".formatted(line)
                        : "has a # in line %d, which is a parameter to camel-sql; use :#name, or usePlaceholder: false"
                                .formatted(line));
    }

    /** With what the pattern finds replaced by blanks, lines kept. */
    private static String blank(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(found.group().replaceAll("[^\n]", " ")));
    }
}
