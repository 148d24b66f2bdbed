package com.redhat.cloud.exports.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;

/**
 * What the container itself refuses (an unknown path or method, an unreadable request line, too many headers) gets the
 * contract's form too, and no word on the server. Public because Tomcat makes it by its class name.
 */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        // A chunked body that is not chunked as it should be reaches the container as a failure of the application.
        int status = throwable instanceof BadRequestException ? 400 : response.getStatus();
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
}
