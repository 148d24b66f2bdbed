package com.redhat.cloud.exports.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One request, one connection, no retry. */
final class Http {

    private static final int CONNECT_TIMEOUT = 5_000;

    /** Time-out between two bytes. */
    private static final int READ_TIMEOUT = 30_000;

    private Http() {}

    /**
     * @param complete false if the connection broke before the end of the body
     */
    record Reply(
            int status,
            byte[] body,
            boolean complete,
            @Nullable String etag) {

        String text() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /**
     * @throws IOException without a status; the request may have had an effect
     */
    static Reply send(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) throws IOException {
        return send(method, uri, headers, body, 0);
    }

    /** @param pause in the middle of the body, in milliseconds */
    static Reply send(String method, URI uri, Map<String, String> headers, byte @Nullable [] body, int pause)
            throws IOException {
        var connection = open(method, uri, headers);
        if (body != null) {
            connection.setDoOutput(true);
            // Streamed, so that the client does not repeat the request by itself.
            connection.setFixedLengthStreamingMode(body.length);
            try (var out = connection.getOutputStream()) {
                out.write(body, 0, body.length / 2);
                if (pause > 0) {
                    out.flush();
                    LockSupport.parkNanos(pause * 1_000_000L);
                }
                out.write(body, body.length / 2, body.length - body.length / 2);
            }
        }
        return receive(method, connection);
    }

    /** Sends half of the body and closes the connection. */
    static void breakOff(URI uri, Map<String, String> headers, byte[] body) throws IOException {
        var connection = open("POST", uri, headers);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        var out = connection.getOutputStream();
        out.write(body, 0, body.length / 2);
        out.flush();
        connection.disconnect();
    }

    private static HttpURLConnection open(String method, URI uri, Map<String, String> headers) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_TIMEOUT);
        connection.setReadTimeout(READ_TIMEOUT);
        connection.setInstanceFollowRedirects(false);
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static Reply receive(String method, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        var received = new ByteArrayOutputStream();
        boolean complete;
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (in != null) {
                in.transferTo(received);
            }
            long announced = connection.getContentLengthLong();
            complete = announced < 0 || method.equals("HEAD") || announced == received.size();
        } catch (IOException brokenOff) {
            complete = false;
        }
        return new Reply(status, received.toByteArray(), complete, connection.getHeaderField("ETag"));
    }
}
