package com.redhat.cloud.exports.platform.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An error response: {@code {"message": "…", "code": 404}} (contract section 2).
 *
 * @param retryAfter seconds, 0 for no Retry-After header
 * @param acceptEncoding content codings to use instead, empty for no such header
 */
record Problem(int status, String message, int retryAfter, String acceptEncoding) {

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(400, "the request cannot be read"),
            Map.entry(404, "not found"),
            Map.entry(405, "method not allowed"),
            Map.entry(408, "the request did not arrive in time"),
            Map.entry(412, "the export is not the one that If-Match names"),
            Map.entry(414, "the request line is too long"),
            Map.entry(416, "the range lies outside the export"),
            Map.entry(417, "the service meets no expectation but 100-continue"),
            Map.entry(431, "the request headers are too large"),
            Map.entry(500, "internal server error"),
            Map.entry(501, "not implemented"),
            Map.entry(503, "service unavailable"),
            Map.entry(505, "HTTP version not supported"));

    /** Creates a problem with the status's own text. */
    static Problem of(int status) {
        return of(status, TEXTS.getOrDefault(status, "request refused"));
    }

    Problem(int status, String message, int retryAfter) {
        this(status, message, retryAfter, "");
    }

    static Problem of(int status, String message) {
        return new Problem(status, message, 0);
    }

    byte[] toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("message", message)
                .put("code", status)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the problem, unless the response has been committed. */
    void writeTo(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status);
        if (retryAfter > 0) {
            response.setIntHeader("Retry-After", retryAfter);
        }
        response.setHeader("Cache-Control", "no-store");
        if (!acceptEncoding.isEmpty()) {
            response.setHeader("Accept-Encoding", acceptEncoding);
        }
        response.setContentType("application/json");
        byte[] json = toJson();
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
