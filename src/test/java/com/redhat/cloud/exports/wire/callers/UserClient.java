package com.redhat.cloud.exports.wire.callers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.testing.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A user's client of the public API: the headers of its HTTP library, and an identity as the gateway adds it. Calls time out after five seconds, the shortest time-out of a caller.
 *
 * @param headers names and values by turns
 */
record UserClient(Api api, String identity, String... headers) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HttpResponse<byte[]> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<byte[]> delete(String path) {
        return send(request(path).DELETE());
    }

    HttpResponse<byte[]> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** Sends a source's result as some source application would, to {@code upload} or {@code error}. */
    int answer(JsonNode export, int source, String what, String body) {
        JsonNode asked = export.path("sources").path(source);
        String path = "/app/export/v1/%s/%s/%s/%s"
                .formatted(
                        export.path("id").textValue(),
                        asked.path("application").textValue(),
                        asked.path("id").textValue(),
                        what);
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + api.internalPort + path))
                        .header("x-rh-exports-psk", Api.KEY)
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + api.publicPort + path))
                .header("x-rh-identity", identity);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return new JsonMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
