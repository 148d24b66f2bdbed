package com.redhat.cloud.exports.platform.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request's path in the form that routes use: decoded, without a trailing slash, below the base path instead of its alias.
 * Callers send an application as {@code urn:a:b}, {@code urn%3Aa%3Ab} or {@code urn%253Aa%253Ab}.
 *
 * @param decoded the path, decoded until it no longer changes
 * @param base the base path that was used, alias or not; null for a path outside
 */
record RequestPath(String decoded, @Nullable String base) {

    private static final int MAX_ENCODINGS = 4;

    /**
     * Parses a path.
     *
     * @param raw the path as sent
     * @return empty for a suspicious path: with an empty or dot segment, a parameter, or an encoded slash or control character
     */
    static Optional<RequestPath> parse(String raw, Port port) {
        if (raw.equals("/")) {
            return Optional.of(new RequestPath("/", null));
        }
        String path = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        StringBuilder segments = new StringBuilder(path.length());
        for (int start = 1; start <= path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = decode(path.substring(start, end));
            if (segment == null || !isPlain(segment)) {
                return Optional.empty();
            }
            segments.append('/').append(segment);
            start = end + 1;
        }
        String decoded = segments.toString();
        if (port == Port.INTERNAL && decoded.startsWith(Port.INTERNAL_ALIAS + "/")) {
            String own = port.base() + decoded.substring(Port.INTERNAL_ALIAS.length());
            return Optional.of(new RequestPath(own, Port.INTERNAL_ALIAS));
        }
        return Optional.of(new RequestPath(decoded, decoded.startsWith(port.base() + "/") ? port.base() : null));
    }

    boolean isUpload() {
        return decoded.startsWith(Port.INTERNAL.base())
                && (decoded.endsWith("/upload") || decoded.startsWith(Port.INTERNAL.base() + "/upload/"));
    }

    private static @Nullable String decode(String segment) {
        String decoded = segment;
        for (int i = 0; i < MAX_ENCODINGS && decoded.indexOf('%') >= 0; i++) {
            try {
                // A plus sign does not mean a blank in a path.
                decoded = URLDecoder.decode(decoded.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return decoded;
    }

    private static boolean isPlain(String segment) {
        return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..") && hasOnlyPlainCharacters(segment);
    }

    private static boolean hasOnlyPlainCharacters(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '/' || c == '\\' || c == ';' || c == '%' || c < 0x20 || c == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
