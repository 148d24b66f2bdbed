package com.redhat.cloud.exports.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A client that is still sending when the answer comes. */
public final class LargePost {

    private LargePost() {}

    /** The beginning of JSON. More than 8 MiB are more than the buffers of a connection hold. */
    public static byte[] blanks(int mebibytes) {
        byte[] blanks = new byte[mebibytes * 1024 * 1024];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }

    /** A request to {@code path} on {@code port}. */
    public record Request(int port, String path, Map<String, String> headers) {}

    /**
     * Sends a body with and without {@code Expect: 100-continue}, with and without its length.
     *
     * @param requests makes a request for each time
     */
    public static List<HttpResponse<String>> send(Supplier<Request> requests, byte[] body, int times)
            throws IOException, InterruptedException {
        List<Supplier<BodyPublisher>> publishers = List.of(
                () -> BodyPublishers.ofByteArray(body),
                () -> BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        List<HttpResponse<String>> responses = new ArrayList<>();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (boolean expect : new boolean[] {true, false}) {
                for (Supplier<BodyPublisher> publisher : publishers) {
                    for (int i = 0; i < times; i++) {
                        Request request = requests.get();
                        HttpRequest.Builder builder = HttpRequest.newBuilder(
                                URI.create("http://localhost:" + request.port() + request.path()));
                        request.headers().forEach(builder::header);
                        responses.add(client.send(
                                builder.expectContinue(expect)
                                        .POST(publisher.get())
                                        .build(),
                                BodyHandlers.ofString()));
                    }
                }
            }
        }
        return responses;
    }
}
