package com.redhat.cloud.exports.http;

import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * What the container itself refuses (an unknown path or method, an unreadable request line, too many headers) gets the
 * contract's form too, and no word on the server. Public because Tomcat makes it by its class name.
 */
public final class ProblemValve extends ErrorReportValve {

    private static final Map<Integer, String> TEXTS = Map.of(
            400, "the request cannot be read",
            404, "not found",
            405, "method not allowed",
            413, "the request body is too large",
            414, "the request line is too long",
            431, "the request headers are too large",
            500, "internal server error",
            501, "method not implemented",
            503, "service unavailable");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            Problem.of(status, TEXTS.getOrDefault(status, "request refused")).writeTo(response);
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("the client went away before it was told of an error", e);
        }
    }
}
