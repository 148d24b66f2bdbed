package com.redhat.cloud.exports.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id under which a request is logged, stored and answered. */
final class RequestId {

    private static final String ATTRIBUTE = RequestId.class.getName();

    /** What may stand in a log line and a header: printable ASCII, no longer than anybody needs. */
    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private RequestId() {}

    static String headerOn(Port port) {
        return port == Port.PUBLIC ? "x-rh-insights-request-id" : "X-Request-Id";
    }

    /** Takes the caller's id, or makes one. */
    static String assign(HttpServletRequest request, Port port) {
        String sent = request.getHeader(headerOn(port));
        String id = sent != null && USABLE.matcher(sent).matches() ? sent : made();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** 128 bits in hexadecimal. It tells requests apart and keeps no secret, so that no secure source is asked. */
    private static String made() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    static String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }
}
