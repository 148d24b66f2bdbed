package com.redhat.cloud.exports.platform.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Reports errors that the container finds itself as JSON. A request that it refuses before a servlet sees it is logged and
 * counted here. Public because Tomcat creates it by its class name.
 */
public final class ProblemValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = Refusal.of(request.getCoyoteRequest(), response.getStatus(), throwable);
        PlatformHttpProtocol protocol =
                (PlatformHttpProtocol) request.getConnector().getProtocolHandler();
        String assigned = RequestId.of(request);
        String id = assigned == null ? RequestId.assign(request, protocol.port()) : assigned;
        protocol.port().addHeaders(id, response::setHeader);
        if (request.getWrapper() == null || request.getAttribute(PlatformHttpProcessor.REFUSED) != null) {
            record(request, problem, protocol, id);
        }
        try {
            problem.writeTo(response);
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("the client closed the connection before it was told of an error", e);
        }
    }

    /** Logs nothing that the client has sent but its request id. */
    private static void record(Request request, Problem problem, PlatformHttpProtocol protocol, String id) {
        MDC.put("request_id", id);
        try {
            LOG.info(
                    "refused a request to port {}: {} {}",
                    protocol.getLocalPort(),
                    problem.status(),
                    problem.message());
        } finally {
            MDC.remove("request_id");
        }
        long start = request.getCoyoteRequest().getStartTimeNanos();
        protocol.count(request.getMethod(), problem.status(), start < 0 ? 0 : System.nanoTime() - start);
    }
}
