package com.redhat.cloud.exports.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Writes what a route has left in the message: status, the headers that this service answers with and no others, and a
 * body that is text, bytes, a stream, or somebody who writes it.
 */
final class ResponseWriter {

    private static final List<String> HEADERS = List.of(
            "Allow", "Accept-Ranges", "Content-Disposition", "Content-Range", "ETag", "Location", "Retry-After");

    private ResponseWriter() {}

    static void write(Message message, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        Object body = message.getBody();
        if (status != null && status >= 400 && body instanceof InputStream) {
            // The contract-first front answers for itself when a path or a method is unknown; the body is the
            // request's.
            copyHeaders(message, response);
            Problem.of(status, status == 405 ? "method not allowed" : "not found")
                    .writeTo(response);
            return;
        }
        response.setStatus(status == null ? HttpServletResponse.SC_OK : status);
        copyHeaders(message, response);
        String contentType = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        if (contentType != null) {
            response.setContentType(contentType);
        }
        Long contentLength = message.getHeader(Exchange.CONTENT_LENGTH, Long.class);
        if (contentLength != null) {
            response.setContentLengthLong(contentLength);
        }
        if (!request.getMethod().equals("HEAD")) {
            writeBody(body, response);
        }
    }

    private static void copyHeaders(Message message, HttpServletResponse response) {
        for (String name : HEADERS) {
            String value = message.getHeader(name, String.class);
            if (value != null) {
                response.setHeader(name, value);
            }
        }
    }

    private static void writeBody(@Nullable Object body, HttpServletResponse response) throws IOException {
        switch (body) {
            case null -> response.setContentLength(0);
            case byte[] bytes -> writeBytes(bytes, response);
            case String text -> writeBytes(text.getBytes(StandardCharsets.UTF_8), response);
            case StreamingResponseBody writer -> writer.writeTo(response.getOutputStream());
            default -> throw new IllegalStateException("a route answers with " + body.getClass());
        }
    }

    private static void writeBytes(byte[] bytes, HttpServletResponse response) throws IOException {
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
