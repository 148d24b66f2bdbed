package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.concurrency.MinimumTransferRate;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.coyote.CloseNowException;

/**
 * What a client still sends when it has been answered, read and thrown away: a client that writes all of its body before
 * it reads gets to its answer that way, 413 or 410, where it would try again if it were cut off. The container does the
 * same, but has no limit of time.
 *
 * @param pace of the client, as of any body
 */
record RestOfBody(MinimumTransferRate pace) {

    /** On the public port, where bodies are small; an application's may have any size. */
    private static final int MOST_PUBLIC = 2 * 1024 * 1024;

    private static final String LEFT = RestOfBody.class.getName();

    /** Says that the client has had its time. */
    static void leave(HttpServletRequest request) {
        request.setAttribute(LEFT, true);
    }

    /** @throws CloseNowException when not all of it is read: the container then ends the connection, and says nothing */
    void passOver(HttpServletRequest request, HttpServletResponse response, Port port) throws IOException {
        boolean body = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        // Who expects "100 Continue" and was refused sends nothing. What the container could not read it has given up.
        if (!body
                || request.getInputStream().isFinished()
                || request.getHeader("Expect") != null
                || request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) != null) {
            return;
        }
        response.flushBuffer();
        if (request.getAttribute(LEFT) != null) {
            throw new CloseNowException("the client was too slow");
        }
        InputStream rest = pace.enforceOn(request.getInputStream());
        try {
            (port == Port.PUBLIC ? new LimitedInputStream(rest, MOST_PUBLIC) : rest)
                    .transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new CloseNowException("the rest of a refused body did not come as it should", e);
        }
    }
}
