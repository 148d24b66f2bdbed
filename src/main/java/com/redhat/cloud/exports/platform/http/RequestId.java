package com.redhat.cloud.exports.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a request in logs, stored rows and responses. */
final class RequestId {

    private static final String ATTRIBUTE = RequestId.class.getName();

    /** Safe in a log line and a header: printable ASCII of limited length. */
    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private RequestId() {}

    static String headerOn(Port port) {
        return port == Port.PUBLIC ? "x-rh-insights-request-id" : "X-Request-Id";
    }

    /** Uses the caller's id if it is safe, else a random one. */
    static String assign(HttpServletRequest request, Port port) {
        String id = choose(request.getHeader(headerOn(port)));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** @param sent by the caller, if at all */
    static String choose(@Nullable String sent) {
        return sent != null && USABLE.matcher(sent).matches() ? sent : random();
    }

    /** Returns 128 bits in hexadecimal. The id is no secret, so no secure source is needed. */
    private static String random() {
        ThreadLocalRandom source = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(source.nextLong()) + hex.toHexDigits(source.nextLong());
    }

    /** Returns null if none has been assigned. */
    static @Nullable String of(HttpServletRequest request) {
        return (@Nullable String) request.getAttribute(ATTRIBUTE);
    }
}
