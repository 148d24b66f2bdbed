package com.redhat.cloud.exports.sources;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/** The API that {@code examples/rest} reads: its answers are files, one per page of orders. */
public final class ExampleOrders implements AutoCloseable {

    private static final Path PAGES = Path.of("examples", "rest", "api");

    private final HttpServer server;

    private ExampleOrders(HttpServer server) {
        this.server = server;
    }

    /** @param port on the loopback interface; 0 for a free one */
    public static ExampleOrders start(int port) {
        var server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                PAGES.toAbsolutePath(),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        return new ExampleOrders(server);
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
