package com.redhat.cloud.exports.sources;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the service's internal API while a source application is checked. The first result of a source counts; the same again gets 202, another one 410.
 */
final class InternalApiStandIn implements AutoCloseable {

    private static final String UUID_PATTERN = "([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})";

    /** The action comes last or first. */
    private static final List<Pattern> PATHS = List.of(
            Pattern.compile(
                    "/(?:app|internal)/export/v1/(?<export>%s)/(?<application>[^/]+)/(?<source>%s)/(?<action>upload|error)"
                            .formatted(UUID_PATTERN, UUID_PATTERN)),
            Pattern.compile(
                    "/(?:app|internal)/export/v1/(?<action>upload|error)/(?<export>%s)/(?<application>[^/]+)/(?<source>%s)"
                            .formatted(UUID_PATTERN, UUID_PATTERN)));

    private final String preSharedKey;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<UUID, Queue<Integer>> statuses = new ConcurrentHashMap<>();
    private final Map<UUID, Request> accepted = new ConcurrentHashMap<>();
    private volatile HttpServer server;

    private InternalApiStandIn(String preSharedKey) throws IOException {
        this.preSharedKey = preSharedKey;
        this.server = listen(0);
    }

    static InternalApiStandIn start(String preSharedKey) throws IOException {
        return new InternalApiStandIn(preSharedKey);
    }

    private HttpServer listen(int port) throws IOException {
        var listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        listening.createContext("/", this::receive);
        listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listening.start();
        return listening;
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Sets the statuses of the next requests for a source; later ones get the service's. */
    void answer(UUID source, int... next) {
        statuses.put(
                source, new ConcurrentLinkedQueue<>(IntStream.of(next).boxed().toList()));
    }

    /** Refuses connections from now on. */
    void goAway() {
        server.stop(0);
    }

    /** Accepts connections again, on the same port. */
    void comeBack() throws IOException {
        server = listen(server.getAddress().getPort());
    }

    List<Request> requestsOf(UUID source) {
        return requests.stream()
                .filter(request -> source.equals(request.source()))
                .toList();
    }

    /** The number of all requests. */
    int requests() {
        return requests.size();
    }

    /** Requests with paths that the internal API does not have. */
    List<Request> strays() {
        return requests.stream().filter(request -> request.source() == null).toList();
    }

    /** The result that counts. */
    Optional<Request> acceptedOf(UUID source) {
        return Optional.ofNullable(accepted.get(source));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = request(exchange);
            requests.add(request);
            exchange.sendResponseHeaders(status(request), -1);
        }
    }

    private int status(Request request) {
        var source = request.source();
        if (source == null) {
            return 404;
        }
        if (!List.of(preSharedKey).equals(request.header("x-rh-exports-psk"))) {
            return 401;
        }
        var next = statuses.getOrDefault(source, new ConcurrentLinkedQueue<>()).poll();
        if (next != null && next != 202) {
            return next;
        }
        var first = accepted.putIfAbsent(source, request);
        return first == null || first.sameAs(request) ? 202 : 410;
    }

    private static Request request(HttpExchange exchange) throws IOException {
        var path = decoded(exchange.getRequestURI().getRawPath());
        var match = PATHS.stream()
                .map(pattern -> pattern.matcher(path))
                .filter(Matcher::matches)
                .findFirst();
        return new Request(
                exchange.getRequestMethod(),
                path,
                match.map(parts -> UUID.fromString(parts.group("export"))).orElse(null),
                match.map(parts -> parts.group("application")).orElse(""),
                match.map(parts -> UUID.fromString(parts.group("source"))).orElse(null),
                match.map(parts -> parts.group("action")).orElse(""),
                Map.copyOf(exchange.getRequestHeaders()),
                exchange.getRequestBody().readAllBytes());
    }

    /** Callers percent-encode an application's name once, twice, or not at all. */
    private static String decoded(String path) {
        var once = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        return once.equals(path) ? path : decoded(once);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A request as received. What its path does not name is null or empty. */
    record Request(
            String method,
            String path,
            @Nullable UUID export,
            String application,
            @Nullable UUID source,
            String action,
            Map<String, List<String>> headers,
            byte[] body) {

        /** All values of a header. */
        List<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .toList();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        boolean sameAs(Request other) {
            return action.equals(other.action) && Arrays.equals(body, other.body);
        }
    }
}
