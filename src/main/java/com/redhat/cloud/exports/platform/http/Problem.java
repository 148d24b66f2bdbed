package com.redhat.cloud.exports.platform.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An error as every client gets it: {@code {"message": "…", "code": 404}} (contract section 2).
 *
 * @param retryAfter seconds, 0 for no such header
 */
record Problem(int status, String message, int retryAfter) {

    private static final Map<Integer, String> TEXTS = Map.of(
            400, "the request cannot be read",
            404, "not found",
            405, "method not allowed",
            408, "the request did not arrive in time",
            414, "the request line is too long",
            416, "the range lies outside the export",
            431, "the request headers are too large",
            500, "internal server error",
            501, "not implemented",
            503, "service unavailable");

    /** An error that the status says all about. */
    static Problem of(int status) {
        return of(status, TEXTS.getOrDefault(status, "request refused"));
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

    /** Writes the problem, unless the answer has begun: then there is nothing left to say. */
    void writeTo(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status);
        if (retryAfter > 0) {
            response.setIntHeader("Retry-After", retryAfter);
        }
        response.setContentType("application/json");
        byte[] json = toJson();
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
