package com.redhat.cloud.exports.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

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
        String sent = request.getHeader(headerOn(port));
        String id = sent != null && USABLE.matcher(sent).matches() ? sent : random();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** Returns 128 bits in hexadecimal. The id is no secret, so no secure source is needed. */
    private static String random() {
        ThreadLocalRandom source = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(source.nextLong()) + hex.toHexDigits(source.nextLong());
    }

    static String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }
}
