package com.redhat.cloud.exports.platform.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/**
 * What the container itself refuses (an unknown path or method, an unreadable request line, too many headers) gets the
 * contract's form too, and no word on the server. Public because Tomcat makes it by its class name.
 */
public final class ProblemValve extends ErrorReportValve {

    private static final String TOO_LARGE =
            StringManager.getManager(Http11Processor.class).getString("iib.requestheadertoolarge.error");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = status(request, response, throwable);
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            Problem.of(status).writeTo(response);
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("the client went away before it was told of an error", e);
        }
    }

    private static int status(Request request, Response response, @Nullable Throwable throwable) {
        if (throwable instanceof BadRequestException) {
            // A chunked body that is not chunked as it should be reaches the container as a failure of the application.
            return 400;
        }
        if (throwable == null || response.getStatus() != 400) {
            return response.getStatus();
        }
        // The container answers 400 whatever is wrong before a request is there: too many header lines, or too long
        // ones.
        boolean tooLong = TOO_LARGE.equals(throwable.getMessage());
        if (tooLong && request.getCoyoteRequest().requestURI().isNull()) {
            return 414;
        }
        return tooLong || throwable instanceof IllegalStateException ? 431 : 400;
    }
}
