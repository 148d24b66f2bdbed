package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.config.TrafficProperties;
import com.redhat.cloud.exports.platform.health.OutOfMemoryExit;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * The container's HTTP/1.1, but a request's headers must be there in time. The container's own time-out begins anew with
 * each byte, so that a client that sends one now and then would keep its connection for ever. Public because Tomcat makes
 * it by its class name.
 */
public final class HeaderTimeoutProtocol extends Http11NioProtocol {

    /** Bytes of chunk extensions, and of trailers, in a request. */
    private static final int SURPLUS_OF_CHUNKS = 256;

    private Duration headerTimeout = Duration.ofSeconds(30);

    /**
     * Sets what every port limits alike, before the protocol starts.
     *
     * @param connections at a time; more wait to be accepted
     */
    void limit(int connections, TrafficProperties traffic) {
        headerTimeout = traffic.headerTimeout();
        setMaxConnections(connections);
        setMaxHeaderCount(traffic.maxHeaderCount());
        // Read within one read of a body, however long they take to come; nobody sends any.
        setMaxExtensionSize(SURPLUS_OF_CHUNKS);
        setMaxTrailerSize(SURPLUS_OF_CHUNKS);
    }

    @Override
    protected Processor createProcessor() {
        return new ImpatientProcessor(getAdapter());
    }

    /** Runs for each piece of a head that arrives, and goes on to the request when it is complete. */
    private final class ImpatientProcessor extends Http11Processor {

        /** Of {@link System#nanoTime()}, 0 while no head is on its way. */
        private long headSince;

        ImpatientProcessor(Adapter adapter) {
            super(HeaderTimeoutProtocol.this, adapter);
        }

        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            if (headSince == 0) {
                headSince = System.nanoTime() | 1;
            } else if (System.nanoTime() - headSince > headerTimeout.toNanos()) {
                return refuse(socket);
            }
            boolean more = false;
            try {
                SocketState state = super.service(socket);
                more = state == SocketState.LONG;
                return state;
            } finally {
                headSince = more ? since(headSince) : 0;
            }
        }

        /** Reading a head waits for nothing: what took longer was another request, and a new head has begun behind it. */
        private long since(long start) {
            return System.nanoTime() - start < headerTimeout.toNanos() ? start : System.nanoTime() | 1;
        }

        /** Also told when nothing has come for too long. */
        @Override
        public SocketState process(SocketWrapperBase<?> socket, SocketEvent event) throws IOException {
            try {
                if (event == SocketEvent.ERROR
                        && headSince != 0
                        && socket.getError() instanceof SocketTimeoutException) {
                    return refuse(socket);
                }
                return super.process(socket, event);
            } catch (OutOfMemoryError e) {
                // The container would close this connection and go on.
                OutOfMemoryExit.exitIfCausedBy(e);
                throw e;
            }
        }

        private SocketState refuse(SocketWrapperBase<?> socket) throws IOException {
            headSince = 0;
            byte[] body = Problem.of(408).toJson();
            byte[] head =
                    "HTTP/1.1 408 \r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                            .formatted(body.length)
                            .getBytes(StandardCharsets.US_ASCII);
            socket.write(true, head, 0, head.length);
            socket.write(true, body, 0, body.length);
            socket.flush(true);
            return SocketState.CLOSED;
        }
    }
}
