package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.concurrency.MinimumTransferRate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a route for each request, on the request's own thread. */
final class ServletConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(ServletConsumer.class);

    /** Others are refused here: the contract-first front takes {@code get} for GET, and answers OPTIONS itself. */
    private static final Set<String> ROUTE_METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final ServletEngine engine;
    private final int bodyLimit;
    private final MinimumTransferRate minRate;
    private final AllowedMethods methods;

    ServletConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            ServletEngine engine,
            int bodyLimit,
            MinimumTransferRate minRate,
            AllowedMethods methods) {
        super(endpoint, processor);
        this.engine = engine;
        this.bodyLimit = bodyLimit;
        this.minRate = minRate;
        this.methods = methods;
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return (PlatformHttpEndpoint) super.getEndpoint();
    }

    /** Returns the path, or the prefix of the paths, that it serves. */
    String path() {
        return getEndpoint().getPath();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        engine.add(this);
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        engine.add(this);
    }

    @Override
    protected void doStop() throws Exception {
        engine.remove(this);
        super.doStop();
    }

    /** @throws IOException if a response that has begun cannot be finished; the client must see a broken one */
    void serve(HttpServletRequest request, RequestPath path, HttpServletResponse response) throws IOException {
        if (isSuspendingOrSuspended()) {
            serveBySuccessor(request, path, response);
        } else if (accepts(request.getMethod())) {
            process(request, path, response);
        } else {
            methods.refuse(path.decoded(), response);
        }
    }

    /** Serves a request that came while this route was being replaced. */
    private void serveBySuccessor(HttpServletRequest request, RequestPath path, HttpServletResponse response)
            throws IOException {
        Optional<ServletConsumer> successor =
                engine.find(path.decoded()).filter(consumer -> !consumer.isSuspendingOrSuspended());
        if (successor.isPresent()) {
            successor.get().serve(request, path, response);
        } else if (methods.areServed(path.decoded())) {
            new Problem(503, "this operation is not available at the moment", 1).writeTo(response);
        } else {
            Problem.of(404).writeTo(response);
        }
    }

    private boolean accepts(String method) {
        String only = getEndpoint().getHttpMethodRestrict();
        return only == null
                ? ROUTE_METHODS.contains(method)
                : only.equals(method) || only.equals("GET") && method.equals("HEAD");
    }

    private void process(HttpServletRequest request, RequestPath path, HttpServletResponse response)
            throws IOException {
        Exchange exchange = createExchange(false);
        try {
            exchange.setPattern(ExchangePattern.InOut);
            RequestReader.read(request, path, exchange, bodyLimit, minRate);
            createUoW(exchange);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            if (ResponseWriter.isRefusedByFront(exchange.getMessage())) {
                methods.refuse(path.decoded(), response);
            } else {
                ResponseWriter.write(exchange.getMessage(), request, response, minRate);
            }
        } catch (Exception e) {
            fail(e, response);
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    private static void fail(Exception failure, HttpServletResponse response) throws IOException {
        if (failure instanceof BadRequestException) {
            // The container has noted it, and responds if the client is still there.
            LOG.debug("the client closed the connection, or its body cannot be read: {}", failure.getMessage());
            return;
        }
        if (response.isCommitted()) {
            LOG.debug("a response could not be finished", failure);
            // Makes the container close the connection without logging it again.
            throw new CloseNowException(failure);
        }
        ResponseWriter.reset(response);
        Problems.of(failure).writeTo(response);
    }
}
