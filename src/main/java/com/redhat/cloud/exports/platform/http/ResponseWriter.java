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
 * Writes what a route has left in the message: status, the headers that this service answers with and no others, and a
 * body that is text, bytes, a stream, or somebody who writes it.
 */
final class ResponseWriter {

    /** Set by {@link FrontServlet} on every answer. */
    private static final List<String> OF_EVERY_ANSWER =
            List.of(RequestId.headerOn(Port.PUBLIC), RequestId.headerOn(Port.INTERNAL), "X-Content-Type-Options");

    private static final List<String> HEADERS =
            List.of("Accept-Ranges", "Content-Disposition", "Content-Range", "ETag", "Location", "Retry-After");

    private ResponseWriter() {}

    /**
     * Whether no route has run: the contract-first front answers for itself when it knows no operation for the method
     * and the path, and leaves the request's body where it was.
     */
    static boolean isRefusalOfFront(Message message) {
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return status != null && status >= 400 && message.getBody() instanceof InputStream;
    }

    static void write(
            Message message, HttpServletRequest request, HttpServletResponse response, MinimumTransferRate pace)
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
        writeBody(message.getBody(), request.getMethod().equals("HEAD"), response, pace);
    }

    /** @param head the container drops what is written, so that only what is dear to make is left out */
    private static void writeBody(
            @Nullable Object body, boolean head, HttpServletResponse response, MinimumTransferRate pace)
            throws IOException {
        switch (body) {
            case null -> response.setContentLength(0);
            case byte[] bytes -> writeBytes(bytes, response, pace);
            case String text -> writeBytes(text.getBytes(StandardCharsets.UTF_8), response, pace);
            case StreamedBody writer -> {
                if (!head) {
                    writer.writeTo(pace.enforceOn(response.getOutputStream()));
                }
            }
            default -> throw new IllegalStateException("a route answers with " + body.getClass());
        }
    }

    private static void writeBytes(byte[] bytes, HttpServletResponse response, MinimumTransferRate pace)
            throws IOException {
        response.setContentLength(bytes.length);
        pace.fastEnoughFor(bytes.length).enforceOn(response.getOutputStream()).write(bytes);
    }

    /** Takes back what was said of an answer that does not come after all: its length, its tag, its name. */
    static void takeBack(HttpServletResponse response) {
        Map<String, String> kept = new HashMap<>();
        for (String name : OF_EVERY_ANSWER) {
            String value = response.getHeader(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        response.reset();
        kept.forEach(response::setHeader);
    }
}
