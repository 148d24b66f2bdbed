package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Streams one body up or down and ignores the bytes. */
final class Transfer {

    private Transfer() {}

    /** @return seconds from the connection to the answer */
    static double upload(URI target, String method, Map<String, String> headers, Content content) throws IOException {
        long start = System.nanoTime();
        var connection = open(target, method, headers);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(content.length());
        try (var out = connection.getOutputStream()) {
            content.writeTo(out);
        }
        finish(connection);
        return (System.nanoTime() - start) / 1e9;
    }

    /**
     * @param firstByte milliseconds from the connection
     * @param seconds from the connection to the last byte
     */
    record Download(long bytes, double firstByte, double seconds) {}

    static Download download(URI target, Map<String, String> headers) throws IOException {
        long start = System.nanoTime();
        var connection = open(target, "GET", headers);
        expectSuccess(connection);
        var buffer = new byte[128 << 10];
        try (var in = connection.getInputStream()) {
            long bytes = in.read(buffer);
            double firstByte = (System.nanoTime() - start) / 1e6;
            for (int read; (read = in.read(buffer)) >= 0; ) {
                bytes += read;
            }
            return new Download(bytes, firstByte, (System.nanoTime() - start) / 1e9);
        }
    }

    /** Sends a request without a body and ignores the answer. */
    static void call(URI target, String method, Map<String, String> headers) throws IOException {
        finish(open(target, method, headers));
    }

    static byte[] read(URI target, Map<String, String> headers) throws IOException {
        var connection = open(target, "GET", headers);
        expectSuccess(connection);
        try (var in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    /**
     * Runs the tasks at the same time and returns their results in order.
     *
     * @param clients creates a thread per task: platform threads act as separate clients, virtual threads as one client with many connections, of which only as many proceed as there are cores while none of them waits
     */
    static <T> List<T> atOnce(Thread.Builder clients, List<Callable<T>> tasks) throws Exception {
        var results = new ArrayList<T>();
        try (var threads = Executors.newThreadPerTaskExecutor(clients.factory())) {
            for (Future<T> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
        }
        return results;
    }

    private static HttpURLConnection open(URI target, String method, Map<String, String> headers) throws IOException {
        var connection = (HttpURLConnection) target.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setReadTimeout(60_000);
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    /** Reads the whole answer, so that the connection is reused. */
    private static void finish(HttpURLConnection connection) throws IOException {
        expectSuccess(connection);
        try (var in = connection.getInputStream()) {
            in.readAllBytes();
        }
    }

    private static void expectSuccess(HttpURLConnection connection) throws IOException {
        if (connection.getResponseCode() >= 300) {
            throw new IOException("%s %s answered %d"
                    .formatted(connection.getRequestMethod(), connection.getURL(), connection.getResponseCode()));
        }
    }
}
