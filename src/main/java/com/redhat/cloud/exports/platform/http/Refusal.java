package com.redhat.cloud.exports.platform.http;

import java.util.Collections;
import java.util.List;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a request that the container has refused. */
final class Refusal {

    private static final String TOO_LARGE =
            StringManager.getManager(Http11Processor.class).getString("iib.requestheadertoolarge.error");

    private Refusal() {}

    /**
     * @param status the container's, which is 400 for much that has a better one
     * @param failure what it has noted, if anything
     */
    static Problem of(Request request, int status, @Nullable Throwable failure) {
        if (failure instanceof BadRequestException) {
            // It reaches the container as a failure of the application.
            return Problem.of(400, "the request body is not chunked as it should be, or ends too early");
        }
        if (status != 400) {
            return Problem.of(status);
        }
        if (failure != null && TOO_LARGE.equals(failure.getMessage())) {
            return Problem.of(request.requestURI().isNull() ? 414 : 431);
        }
        if (failure instanceof IllegalStateException) {
            return Problem.of(431);
        }
        return Problem.of(400, failure == null ? describeValues(request) : describeSyntax(request));
    }

    /** Describes where the parser has stopped. */
    private static String describeSyntax(Request request) {
        if (request.getMethod() == null || request.getMethod().isEmpty()) {
            return "the request line does not begin with a method";
        }
        if (request.requestURI().isNull()) {
            return "the path or query contains a character that must be percent-encoded";
        }
        if (request.protocol().isNull()) {
            return "the request line does not end with HTTP/1.1";
        }
        return "a header line is not a name, a colon and a value";
    }

    /** Describes what is wrong with a request that could be parsed. */
    private static String describeValues(Request request) {
        List<String> hosts = Collections.list(request.getMimeHeaders().values("Host"));
        if (hosts.size() != 1) {
            return "the request must have one Host header";
        }
        if (!PlatformHttpProcessor.isHost(hosts.getFirst())) {
            return "the Host header is not a host name with an optional port";
        }
        List<String> lengths = Collections.list(request.getMimeHeaders().values("Content-Length"));
        if (lengths.size() > 1 || !lengths.stream().allMatch(length -> length.matches("[0-9]{1,18}"))) {
            return "the Content-Length is not one number";
        }
        if (request.getMimeHeaders().getHeader("Transfer-Encoding") != null
                && !"HEAD".equals(request.getMethod())
                && !"chunked".equalsIgnoreCase(request.getMimeHeaders().getHeader("Transfer-Encoding"))) {
            return "the Transfer-Encoding is not chunked";
        }
        return "the path is not valid: it must be percent-encoded, and must not lead out of the root";
    }
}
