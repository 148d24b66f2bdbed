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
 * Reads a request into an exchange. Values that the contract names become exchange <em>variables</em>. No request header or
 * query parameter becomes a message header, which a component could take for an instruction ({@code CamelSqlQuery},
 * {@code CamelAwsS3Key}, …). The only message headers are method and path, which select the operation, and the operation's
 * path parameters.
 *
 * <table>
 * <caption>Variables; absent if the request lacks the value</caption>
 * <tr><td>identity</td><td>String: the first x-rh-identity header</td></tr>
 * <tr><td>preSharedKeys</td><td>List of String: all x-rh-exports-psk headers</td></tr>
 * <tr><td>authorization</td><td>List of String: all Authorization headers</td></tr>
 * <tr><td>idempotencyKey</td><td>String: the first Idempotency-Key header</td></tr>
 * <tr><td>requestId</td><td>String, never absent</td></tr>
 * <tr><td>query</td><td>Map of String to List of String</td></tr>
 * <tr><td>contentLength</td><td>Long, bytes</td></tr>
 * <tr><td>contentType, contentEncoding</td><td>String</td></tr>
 * <tr><td>range, ifRange</td><td>String</td></tr>
 * <tr><td>ifMatch, ifNoneMatch</td><td>String: several lines joined by commas</td></tr>
 * </table>
 */
final class RequestReader {

    private RequestReader() {}

    static void read(
            HttpServletRequest request, RequestPath path, Exchange exchange, int bodyLimit, MinimumTransferRate minRate)
            throws IOException {
        setIfSent(exchange, "identity", request.getHeader("x-rh-identity"));
        setAllIfSent(exchange, "preSharedKeys", request, "x-rh-exports-psk");
        setAllIfSent(exchange, "authorization", request, "Authorization");
        setIfSent(exchange, "idempotencyKey", request.getHeader("Idempotency-Key"));
        exchange.setVariable("requestId", RequestId.of(request));
        if (request.getQueryString() != null) {
            exchange.setVariable("query", QueryString.parse(request.getQueryString()));
        }
        if (request.getContentLengthLong() >= 0) {
            exchange.setVariable("contentLength", request.getContentLengthLong());
        }
        setIfSent(exchange, "contentType", request.getContentType());
        setIfSent(exchange, "contentEncoding", list(request, "Content-Encoding"));
        boolean head = request.getMethod().equals("HEAD");
        if (!head) {
            // RFC 9110 section 14.2: Range is defined for GET only.
            setIfSent(exchange, "range", request.getHeader("Range"));
        }
        setIfSent(exchange, "ifRange", request.getHeader("If-Range"));
        setIfSent(exchange, "ifMatch", list(request, "If-Match"));
        setIfSent(exchange, "ifNoneMatch", list(request, "If-None-Match"));

        Message message = exchange.getIn();
        // HEAD is handled as GET; the container drops the body.
        message.setHeader(Exchange.HTTP_METHOD, head ? "GET" : request.getMethod());
        message.setHeader(Exchange.HTTP_PATH, path.decoded());
        message.setBody(body(request, path, bodyLimit, minRate));
    }

    /** Returns the body as a stream, limited in rate, and in size unless it is an upload, which has its own limit. */
    private static InputStream body(
            HttpServletRequest request, RequestPath path, int limit, MinimumTransferRate minRate) throws IOException {
        InputStream body = request.getInputStream();
        if (path.isUpload()) {
            return minRate.enforceOn(body);
        }
        long length = request.getContentLengthLong();
        return new LimitedInputStream(
                minRate.fastEnoughFor(length < 0 ? limit : Math.min(length, limit))
                        .enforceOn(body),
                limit,
                length);
    }

    /** Returns a header's lines joined by commas, or null if there are none. */
    static @Nullable String list(HttpServletRequest request, String header) {
        List<String> lines = Collections.list(request.getHeaders(header));
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    private static void setAllIfSent(Exchange exchange, String variable, HttpServletRequest request, String header) {
        List<String> values = Collections.list(request.getHeaders(header));
        if (!values.isEmpty()) {
            exchange.setVariable(variable, values);
        }
    }

    private static void setIfSent(Exchange exchange, String variable, @Nullable String value) {
        if (value != null) {
            exchange.setVariable(variable, value);
        }
    }
}
