package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.concurrency.MinimumTransferRate;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request into an exchange. What the contract names becomes an exchange <em>variable</em>; no request header or
 * query parameter becomes a message header, where a component could take it for an instruction of its own
 * ({@code CamelSqlQuery}, {@code CamelAwsS3Key}, …). Message headers are only method and path, by which the contract's
 * operations are found, and the operation's path parameters.
 *
 * <table>
 * <caption>Variables; those that a request lacks are absent</caption>
 * <tr><td>identity</td><td>String: the first x-rh-identity header</td></tr>
 * <tr><td>preSharedKeys</td><td>List of String: all x-rh-exports-psk headers</td></tr>
 * <tr><td>idempotencyKey</td><td>String: the first Idempotency-Key header</td></tr>
 * <tr><td>requestId</td><td>String, always there</td></tr>
 * <tr><td>query</td><td>Map of String to List of String</td></tr>
 * <tr><td>contentLength</td><td>Long, bytes</td></tr>
 * <tr><td>range, ifRange</td><td>String</td></tr>
 * <tr><td>ifMatch, ifNoneMatch</td><td>String: several lines joined by commas</td></tr>
 * </table>
 */
final class RequestReader {

    private RequestReader() {}

    static void read(
            HttpServletRequest request, RequestPath path, Exchange exchange, int bodyLimit, MinimumTransferRate pace)
            throws IOException {
        setIfSent(exchange, "identity", request.getHeader("x-rh-identity"));
        List<String> keys = Collections.list(request.getHeaders("x-rh-exports-psk"));
        if (!keys.isEmpty()) {
            exchange.setVariable("preSharedKeys", keys);
        }
        setIfSent(exchange, "idempotencyKey", request.getHeader("Idempotency-Key"));
        exchange.setVariable("requestId", RequestId.of(request));
        if (request.getQueryString() != null) {
            exchange.setVariable("query", QueryString.parse(request.getQueryString()));
        }
        if (request.getContentLengthLong() >= 0) {
            exchange.setVariable("contentLength", request.getContentLengthLong());
        }
        boolean head = request.getMethod().equals("HEAD");
        if (!head) {
            // RFC 9110 section 14.2: a range means something for GET only.
            setIfSent(exchange, "range", request.getHeader("Range"));
        }
        setIfSent(exchange, "ifRange", request.getHeader("If-Range"));
        setIfSent(exchange, "ifMatch", list(request, "If-Match"));
        setIfSent(exchange, "ifNoneMatch", list(request, "If-None-Match"));

        Message message = exchange.getIn();
        // A HEAD request is a GET whose body the container drops.
        message.setHeader(Exchange.HTTP_METHOD, head ? "GET" : request.getMethod());
        message.setHeader(Exchange.HTTP_PATH, path.decoded());
        message.setBody(body(request, path, bodyLimit, pace));
    }

    /** The body as it arrives; only uploads have a limit of their own, everything else is small. */
    private static InputStream body(HttpServletRequest request, RequestPath path, int limit, MinimumTransferRate pace)
            throws IOException {
        InputStream body = request.getInputStream();
        if (path.isUpload()) {
            return pace.enforceOn(body);
        }
        long length = request.getContentLengthLong();
        return new LimitedInputStream(
                pace.fastEnoughFor(length < 0 ? limit : Math.min(length, limit)).enforceOn(body), limit, length);
    }

    private static @Nullable String list(HttpServletRequest request, String header) {
        List<String> lines = Collections.list(request.getHeaders(header));
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    private static void setIfSent(Exchange exchange, String variable, @Nullable String value) {
        if (value != null) {
            exchange.setVariable(variable, value);
        }
    }
}
