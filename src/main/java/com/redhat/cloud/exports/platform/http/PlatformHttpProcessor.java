package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.health.OutOfMemoryExit;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Handles the requests of one connection. Runs for each piece of the headers that arrives. */
final class PlatformHttpProcessor extends Http11Processor {

    /** Set on a request that the container has refused before it has been mapped to a servlet. */
    static final String REFUSED = PlatformHttpProcessor.class.getName() + ".refused";

    /** A request's attribute: its {@link org.apache.tomcat.util.net.NioChannel}. */
    static final String SOCKET = PlatformHttpProcessor.class.getName() + ".socket";

    /** Go's rules: any host of RFC 3986, which includes the underscores of docker compose names. */
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=%-]*|\\[[0-9A-Fa-f:.]+])(?::([0-9]{0,5}))?");

    /** How long a client that has been answered may send nothing before its connection is closed. */
    private static final Duration LINGER_IDLE_TIMEOUT = Duration.ofSeconds(5);

    private static final int LINGER_BUFFER = 16 * 1024;

    private final PlatformHttpProtocol protocol;
    private final Adapter serviceAdapter;

    /** By {@link System#nanoTime()}, 0 while no headers are being received. */
    private long headersSince;

    /** Whether the client may still be sending a request that has been answered. */
    private boolean unread;

    PlatformHttpProcessor(PlatformHttpProtocol protocol, Adapter adapter) {
        super(protocol, adapter);
        this.protocol = protocol;
        this.serviceAdapter = new ServiceAdapter(adapter);
    }

    /**
     * Limits the time that headers may take. Tomcat's own time-out restarts with each byte, so that a client sending one now
     * and then would keep its connection for ever.
     */
    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        if (headersSince == 0) {
            headersSince = System.nanoTime() | 1;
        } else if (System.nanoTime() - headersSince > protocol.headerTimeout().toNanos()) {
            return refuseLateHeaders();
        }
        boolean more = false;
        try {
            SocketState state = super.service(socket);
            more = state == SocketState.LONG;
            return state;
        } finally {
            headersSince = more ? restart(headersSince) : 0;
        }
    }

    /** Reading headers never blocks: if the call took longer, it served another request, and these are the next one's. */
    private long restart(long since) {
        return System.nanoTime() - since < protocol.headerTimeout().toNanos() ? since : System.nanoTime() | 1;
    }

    @Override
    public SocketState process(SocketWrapperBase<?> socket, SocketEvent event) throws IOException {
        try {
            boolean late = event == SocketEvent.ERROR
                    && headersSince != 0
                    && socket.getError() instanceof SocketTimeoutException;
            SocketState state = late ? refuseLateHeaders() : super.process(socket, event);
            if (state == SocketState.CLOSED && unread) {
                linger(socket);
            }
            return state;
        } catch (OutOfMemoryError e) {
            // The container would close this connection and continue.
            OutOfMemoryExit.exitIfCausedBy(e);
            throw e;
        } finally {
            unread = false;
        }
    }

    private SocketState refuseLateHeaders() {
        headersSince = 0;
        response.setStatus(408);
        setErrorState(ErrorState.CLOSE_CLEAN, null);
        try {
            getAdapter().service(request, response);
        } catch (Exception e) {
            getLog().debug("a client could not be told that its headers are late", e);
        }
        return SocketState.CLOSED;
    }

    @Override
    public Adapter getAdapter() {
        return serviceAdapter;
    }

    /** Adds to the way of each request through the container. */
    private final class ServiceAdapter extends AdapterWrapper {

        ServiceAdapter(Adapter adapter) {
            super(adapter);
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            if (response.isError()) {
                request.setAttribute(REFUSED, true);
            } else if (request.requestURI().equals("*") && "OPTIONS".equals(request.getMethod())) {
                describePort();
                return;
            }
            if (getSocketWrapper() instanceof NioSocketWrapper nio) {
                request.setAttribute(SOCKET, nio.getSocket());
            }
            super.service(request, response);
            if (!isRequestBodyFullyRead()) {
                unread = true;
                disableSwallowRequest();
                setErrorState(ErrorState.CLOSE_CLEAN, null);
            }
        }
    }

    /** Answers {@code OPTIONS *}. */
    private void describePort() {
        response.setStatus(200);
        response.setHeader("Allow", String.join(", ", protocol.methods()));
        String id = RequestId.choose(request.getHeader(RequestId.headerOn(protocol.port())));
        protocol.port().addHeaders(id, response::setHeader);
        response.setContentLength(0);
        protocol.count("OPTIONS", 200, System.nanoTime() - request.getStartTimeNanos());
    }

    @Override
    protected void parseHost(MessageBytes value) {
        if (value == null || value.isNull() || value.getLength() == 0) {
            super.parseHost(value);
            return;
        }
        Matcher host = HOST.matcher(value.toString());
        if (!host.matches()) {
            response.setStatus(400);
            setErrorState(ErrorState.CLOSE_CLEAN, null);
            return;
        }
        request.serverName().setString(host.group(1));
        if (host.group(2) != null && !host.group(2).isEmpty()) {
            request.setServerPort(Integer.parseInt(host.group(2)));
        }
    }

    /** Returns whether a Host header's value is accepted. */
    static boolean isHost(String value) {
        return HOST.matcher(value).matches();
    }

    /**
     * Discards what the client still sends after it has been answered. If the connection were closed with bytes unread, the
     * system would reset it, and the client could lose the answer. Bounded by bytes and time.
     */
    private void linger(SocketWrapperBase<?> socket) {
        long end = System.nanoTime() + protocol.lingerTimeout().toNanos();
        byte[] buffer = new byte[LINGER_BUFFER];
        long remaining = protocol.maxLingerBytes();
        try {
            endOutput(socket);
            while (remaining > 0) {
                long millis = Math.min(LINGER_IDLE_TIMEOUT.toNanos(), end - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return;
                }
                socket.setReadTimeout(millis);
                int read = socket.read(true, buffer, 0, buffer.length);
                if (read < 0) {
                    return;
                }
                remaining -= read;
            }
        } catch (IOException e) {
            getLog().trace("the client is silent or gone", e);
        }
    }

    /** Tells the client that the answer is complete, so that it need not wait for the end of the connection. */
    private void endOutput(SocketWrapperBase<?> socket) throws IOException {
        if (!protocol.isSSLEnabled() && socket instanceof NioSocketWrapper nio) {
            nio.getSocket().getIOChannel().shutdownOutput();
        }
    }
}
