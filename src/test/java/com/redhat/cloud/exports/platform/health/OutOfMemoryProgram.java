package com.redhat.cloud.exports.platform.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.LoggerFactory;

/** Runs out of memory in one of the places where that is hard to see. Otherwise it never ends. */
final class OutOfMemoryProgram {

    private OutOfMemoryProgram() {}

    enum Scenario {
        PLATFORM_THREAD,
        VIRTUAL_THREAD,
        POOL,
        ROUTE,
        ROUTE_THAT_HANDLES_IT,
        ROUTE_THAT_CATCHES_IT,
        FUTURE_IN_A_ROUTE,
        LOG
    }

    public static void main(String[] arguments) throws Exception {
        OutOfMemoryExit.install();
        switch (Scenario.valueOf(arguments[0])) {
            case PLATFORM_THREAD -> Thread.ofPlatform().start(OutOfMemoryProgram::fill);
            case VIRTUAL_THREAD -> Thread.ofVirtual().start(OutOfMemoryProgram::fill);
            case POOL -> Executors.newFixedThreadPool(1).execute(OutOfMemoryProgram::fill);
            case ROUTE -> routes().send("direct:plain", _ -> {});
            case ROUTE_THAT_HANDLES_IT -> routes().send("direct:handles", _ -> {});
            case ROUTE_THAT_CATCHES_IT -> routes().send("direct:catches", _ -> {});
            case FUTURE_IN_A_ROUTE -> routes().send("direct:future", _ -> {});
            case LOG -> log();
        }
        new CountDownLatch(1).await();
    }

    /** Much is free again when the error has been thrown, as in practice. */
    private static void fill() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1024 * 1024]);
        }
    }

    private static ProducerTemplate routes() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.getManagementStrategy().addEventNotifier(new OutOfMemoryRouteListener());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:plain").errorHandler(noErrorHandler()).process(_ -> fill());
                from("direct:handles")
                        .onException(Throwable.class)
                        .handled(true)
                        .end()
                        .process(_ -> fill());
                from("direct:catches")
                        .doTry()
                        .process(_ -> fill())
                        .doCatch(Throwable.class)
                        .setBody(constant(""))
                        .end();
                from("direct:future")
                        .errorHandler(noErrorHandler())
                        .process(_ -> CompletableFuture.runAsync(OutOfMemoryProgram::fill)
                                .join());
            }
        });
        camel.start();
        return camel.createProducerTemplate();
    }

    private static void log() {
        OutOfMemoryLogFilter.install();
        try {
            CompletableFuture.runAsync(OutOfMemoryProgram::fill).join();
        } catch (CompletionException e) {
            LoggerFactory.getLogger("library").error("{} has failed", "something", e);
        }
    }
}
