package com.redhat.cloud.exports.http;

import com.redhat.cloud.exports.limits.Pace;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client still sends when it has been answered, read and thrown away: a client that writes all of its body before
 * it reads gets to its answer that way, 413 or 410, where it would try again if it were cut off. The container does the
 * same, but has no limit of time.
 *
 * @param pace of the client, as of any body
 */
record RestOfBody(Pace pace) {

    /** On the public port, where bodies are small; an application's may have any size. */
    private static final int MOST_PUBLIC = 2 * 1024 * 1024;

    private static final String LEFT = RestOfBody.class.getName();

    private static final Logger LOG = LoggerFactory.getLogger(RestOfBody.class);

    /** Says that the client has had its time. */
    static void leave(HttpServletRequest request) {
        request.setAttribute(LEFT, true);
    }

    void passOver(HttpServletRequest request, HttpServletResponse response, Port port) throws IOException {
        boolean body = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        // Who expects "100 Continue" and was refused sends nothing.
        if (!body || request.getInputStream().isFinished() || request.getHeader("Expect") != null || isLeft(request)) {
            return;
        }
        response.flushBuffer();
        InputStream rest = pace.of(request.getInputStream());
        try {
            (port == Port.PUBLIC ? new LimitedInputStream(rest, MOST_PUBLIC) : rest)
                    .transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // What is not read now is not read at all: the container ends the connection.
            LOG.debug("the rest of a refused body did not come as it should: {}", e.getMessage());
        }
    }

    /** Also when the container has tried to read the body, and given the request up. */
    private static boolean isLeft(HttpServletRequest request) {
        return request.getAttribute(LEFT) != null || request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) != null;
    }
}
