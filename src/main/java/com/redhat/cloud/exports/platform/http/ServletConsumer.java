package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.concurrency.MinimumTransferRate;
import com.redhat.cloud.exports.platform.concurrency.SlowClientException;
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

/** One request, one exchange, on the thread that brought it. */
final class ServletConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(ServletConsumer.class);

    /** The contract-first front takes {@code get} for GET, and OPTIONS for something of its own. */
    private static final Set<String> METHODS_OF_ROUTES = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final ServletEngine engine;
    private final int bodyLimit;
    private final MinimumTransferRate pace;
    private final AllowedMethods methods;

    ServletConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            ServletEngine engine,
            int bodyLimit,
            MinimumTransferRate pace,
            AllowedMethods methods) {
        super(endpoint, processor);
        this.engine = engine;
        this.bodyLimit = bodyLimit;
        this.pace = pace;
        this.methods = methods;
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return (PlatformHttpEndpoint) super.getEndpoint();
    }

    /** The path that it serves, or the prefix of those that it serves. */
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

    /** @throws IOException when the answer has begun and cannot be finished, so that the client must see a broken one */
    void serve(HttpServletRequest request, RequestPath path, HttpServletResponse response) throws IOException {
        if (isSuspendingOrSuspended()) {
            leave(request, path, response);
        } else if (accepts(request.getMethod())) {
            process(request, path, response);
        } else {
            methods.refuse(path.decoded(), response);
        }
    }

    /** What came in while the route was taken off: to the version of it that has the path by now, if there is one. */
    private void leave(HttpServletRequest request, RequestPath path, HttpServletResponse response) throws IOException {
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
                ? METHODS_OF_ROUTES.contains(method)
                : only.equals(method) || only.equals("GET") && method.equals("HEAD");
    }

    private void process(HttpServletRequest request, RequestPath path, HttpServletResponse response)
            throws IOException {
        Exchange exchange = createExchange(false);
        try {
            exchange.setPattern(ExchangePattern.InOut);
            RequestReader.read(request, path, exchange, bodyLimit, pace);
            createUoW(exchange);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            if (ResponseWriter.isRefusalOfFront(exchange.getMessage())) {
                methods.refuse(path.decoded(), response);
            } else {
                ResponseWriter.write(exchange.getMessage(), request, response, pace);
            }
        } catch (Exception e) {
            answer(e, request, response);
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    private static void answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (failure instanceof BadRequestException) {
            // Of which a client that went away is one kind. The container knows, and answers if somebody is left to
            // answer.
            LOG.debug("the client went away, or sent a body that cannot be read: {}", failure.getMessage());
            return;
        }
        if (response.isCommitted()) {
            LOG.debug("an answer could not be finished", failure);
            // The container closes the connection and does not log it once more.
            throw new CloseNowException(failure);
        }
        if (failure instanceof SlowClientException) {
            RestOfBody.leave(request);
        }
        ResponseWriter.takeBack(response);
        Problems.of(failure).writeTo(response);
    }
}
