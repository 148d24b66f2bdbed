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
import java.util.Set;
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

    private static final Set<String> RETRIEVALS = Set.of("GET", "HEAD");

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
        byte[] bytes = bytes(message.getBody());
        if (bytes != null && response.getStatus() == HttpServletResponse.SC_OK && response.getHeader("ETag") == null) {
            Preconditions preconditions = tag(bytes, request, response);
            if (preconditions == Preconditions.FAILED) {
                Problem.of(412).writeTo(response);
                return;
            }
            if (preconditions == Preconditions.NOT_MODIFIED) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            }
        }
        if (response.getStatus() < 400 && response.getHeader("ETag") != null) {
            allowRevalidation(response);
        }
        if (response.getStatus() != HttpServletResponse.SC_NOT_MODIFIED) {
            writeBody(bytes, message.getBody(), contentLength, request, response, minRate);
        }
    }

    /** Gives the answer to GET or HEAD an ETag, so that a client that polls is sent 304 while nothing has changed. */
    private static Preconditions tag(byte[] body, HttpServletRequest request, HttpServletResponse response) {
        if (body.length == 0 || !RETRIEVALS.contains(request.getMethod())) {
            return Preconditions.PASSED;
        }
        String etag = Preconditions.etag(body);
        response.setHeader("ETag", etag);
        return Preconditions.evaluate(
                etag, RequestReader.list(request, "If-Match"), RequestReader.list(request, "If-None-Match"));
    }

    /** Lets the client's own cache keep a response, but ask each time. Others may not be stored at all. */
    private static void allowRevalidation(HttpServletResponse response) {
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", "x-rh-identity, x-rh-exports-psk");
    }

    /** Returns null for a body that is not text or bytes. */
    private static byte @Nullable [] bytes(@Nullable Object body) {
        return switch (body) {
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case null, default -> null;
        };
    }

    private static void writeBody(
            byte @Nullable [] bytes,
            @Nullable Object body,
            @Nullable Long length,
            HttpServletRequest request,
            HttpServletResponse response,
            MinimumTransferRate minRate)
            throws IOException {
        boolean head = request.getMethod().equals("HEAD");
        if (bytes != null) {
            response.setContentLength(bytes.length);
            if (!head) {
                ClientOutput.open(request, response, bytes.length, minRate.fastEnoughFor(bytes.length))
                        .write(bytes);
            }
        } else if (body == null) {
            response.setContentLength(0);
        } else if (!(body instanceof StreamedBody writer)) {
            throw new IllegalStateException("a route responds with " + body.getClass());
        } else if (!head) {
            writer.writeTo(ClientOutput.open(request, response, length == null ? 0 : length, minRate));
        }
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
