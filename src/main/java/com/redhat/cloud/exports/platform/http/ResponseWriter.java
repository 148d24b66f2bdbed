package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.concurrency.MinimumTransferRate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Writes the response from the message that a route leaves: its status, listed headers only, and a body of text or bytes or a
 * {@link StreamedBody}.
 */
final class ResponseWriter {

    /** Set by {@link FrontServlet} on every response. */
    private static final List<String> COMMON_HEADERS =
            List.of(RequestId.headerOn(Port.PUBLIC), RequestId.headerOn(Port.INTERNAL), "X-Content-Type-Options");

    private static final List<String> HEADERS =
            List.of("Accept-Ranges", "Content-Disposition", "Content-Range", "ETag", "Location", "Retry-After");

    private ResponseWriter() {}

    /**
     * Returns whether no route has run. The contract-first front itself responds when it has no operation for the method and the
     * path, and leaves the request's body in the message.
     */
    static boolean isRefusedByFront(Message message) {
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return status != null && status >= 400 && message.getBody() instanceof InputStream;
    }

    static void write(
            Message message, HttpServletRequest request, HttpServletResponse response, MinimumTransferRate minRate)
            throws IOException {
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        response.setStatus(status == null ? HttpServletResponse.SC_OK : status);
        for (String name : HEADERS) {
            String value = message.getHeader(name, String.class);
            if (value != null) {
                response.setHeader(name, value);
            }
        }
        if (status != null && status >= 400 && message.getBody() == null) {
            Problem.of(status).writeTo(response);
            return;
        }
        String contentType = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        if (contentType != null) {
            response.setContentType(contentType);
        }
        Long contentLength = message.getHeader(Exchange.CONTENT_LENGTH, Long.class);
        if (contentLength != null) {
            response.setContentLengthLong(contentLength);
        }
        writeBody(message.getBody(), request.getMethod().equals("HEAD"), response, minRate);
    }

    /** @param head whether the container drops the body; a streamed one is then not produced */
    private static void writeBody(
            @Nullable Object body, boolean head, HttpServletResponse response, MinimumTransferRate minRate)
            throws IOException {
        switch (body) {
            case null -> response.setContentLength(0);
            case byte[] bytes -> writeBytes(bytes, response, minRate);
            case String text -> writeBytes(text.getBytes(StandardCharsets.UTF_8), response, minRate);
            case StreamedBody writer -> {
                if (!head) {
                    writer.writeTo(minRate.enforceOn(response.getOutputStream()));
                }
            }
            default -> throw new IllegalStateException("a route responds with " + body.getClass());
        }
    }

    private static void writeBytes(byte[] bytes, HttpServletResponse response, MinimumTransferRate minRate)
            throws IOException {
        response.setContentLength(bytes.length);
        minRate.fastEnoughFor(bytes.length)
                .enforceOn(response.getOutputStream())
                .write(bytes);
    }

    /** Removes headers of a response that will not be sent, such as its length and ETag. */
    static void reset(HttpServletResponse response) {
        Map<String, String> kept = new HashMap<>();
        for (String name : COMMON_HEADERS) {
            String value = response.getHeader(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        response.reset();
        kept.forEach(response::setHeader);
    }
}
