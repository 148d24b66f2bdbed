package com.redhat.cloud.exports.dev;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Where the example source application sends its answers in its tests: keeps what comes and says 202, or as told. */
final class InternalApiStandIn implements AutoCloseable {

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<UUID, Queue<Integer>> statuses = new ConcurrentHashMap<>();

    private InternalApiStandIn(HttpServer server) {
        this.server = server;
    }

    static InternalApiStandIn start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var standIn = new InternalApiStandIn(server);
        server.createContext("/", standIn::receive);
        server.start();
        return standIn;
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** The statuses of the next requests for a source; 202 after the last of them. */
    void answer(UUID source, int... next) {
        statuses.put(
                source, new ConcurrentLinkedQueue<>(IntStream.of(next).boxed().toList()));
    }

    List<Request> requestsOf(UUID source) {
        return requests.stream()
                .filter(request -> request.source().equals(source.toString()))
                .toList();
    }

    Request firstRequestOf(UUID source) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !requestsOf(source).isEmpty());
        return requestsOf(source).getFirst();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new Request(
                    exchange.getRequestURI().getPath(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes());
            requests.add(request);
            var next = statuses.getOrDefault(UUID.fromString(request.source()), new ConcurrentLinkedQueue<>())
                    .poll();
            exchange.sendResponseHeaders(next == null ? 202 : next, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A request as it came; its path ends with {@code /{source}/{action}}. */
    record Request(String path, Map<String, List<String>> headers, byte[] body) {

        String action() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String source() {
            var parts = path.split("/");
            return parts[parts.length - 2];
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElseThrow();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
