package com.redhat.cloud.exports.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request, one exchange, on the thread that brought it. It extends the starter's consumer only because the
 * starter's {@code CamelRequestHandlerMapping} casts to it; nothing else of it is used.
 */
final class ServletConsumer extends SpringBootPlatformHttpConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(ServletConsumer.class);

    private final int bodyLimit;
    private final AllowedMethods methods;
    private final Entrance entrance;

    ServletConsumer(
            PlatformHttpEndpoint endpoint,
            Processor processor,
            int bodyLimit,
            AllowedMethods methods,
            Entrance entrance) {
        super(endpoint, processor, Runnable::run);
        this.bodyLimit = bodyLimit;
        this.methods = methods;
        this.entrance = entrance;
    }

    /** @return null: the answer has been written when this returns */
    @Override
    public @Nullable CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
        entrance.leave(request);
        try {
            handleService(request, response);
        } catch (BadRequestException e) {
            // Of which a client that went away is one kind. The container knows, and answers if somebody is left to
            // answer.
            LOG.debug("the client went away, or sent a body that cannot be read: {}", e.getMessage());
        } catch (IOException e) {
            // The answer has begun and cannot be finished: the container closes the connection, so that the client sees
            // a broken answer and not a short one.
            throw new UncheckedIOException(e);
        }
        return null;
    }

    @Override
    protected void handleService(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isSuspended() || isStopped()) {
            // The handler mapping does not forget paths whose routes have been removed.
            if (methods.areServed(request.getRequestURI())) {
                new Problem(503, "this operation is not available at the moment", 1).writeTo(response);
            } else {
                methods.refuse(request.getRequestURI(), response);
            }
            return;
        }
        Exchange exchange = createExchange(false);
        try {
            exchange.setPattern(ExchangePattern.InOut);
            RequestReader.read(request, exchange, bodyLimit);
            createUoW(exchange);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            if (ResponseWriter.isRefusalOfFront(exchange.getMessage())) {
                methods.refuse(request.getRequestURI(), response);
            } else {
                ResponseWriter.write(exchange.getMessage(), request, response);
            }
        } catch (Exception e) {
            if (response.isCommitted()) {
                throw e instanceof IOException io ? io : new IOException(e);
            }
            ResponseWriter.takeBack(response);
            Problems.of(e).writeTo(response);
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }
}
