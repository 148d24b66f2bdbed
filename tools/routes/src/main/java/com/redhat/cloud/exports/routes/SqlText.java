package com.redhat.cloud.exports.routes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks a statement as camel-sql reads it: every {@code #} is a parameter, unless {@code usePlaceholder} is off. */
final class SqlText {

    private static final Pattern COMMENT_OR_TEXT = Pattern.compile("--[^\n]*|'(?:[^']|'')*'");

    /** {@code :#name}, {@code :#in:name}, {@code :#${expression}}, {@code :#$simple{expression}}. */
    private static final Pattern PARAMETER = Pattern.compile(":\\??#(?:in:)?(?:[\\w.-]+|\\$(?:simple)?\\{[^}\n]*})");

    private SqlText() {}

    /** The mistake, worded to follow the file's name. */
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

    /** Replaces matches by blanks, keeping the lines. */
    private static String blank(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(found.group().replaceAll("[^\n]", " ")));
    }
}
