package com.redhat.cloud.exports.platform.http;

import java.util.List;
import java.util.function.BiConsumer;

/** The ports, and the paths of the two that routes serve. The management port is Spring Boot's. */
enum Port {
    PUBLIC("/api/export/v1", List.of("/", "/docs")),
    /** Its base is the last server in openapi-internal.yaml, the one that camel-rest-openapi serves. */
    INTERNAL("/internal/export/v1", List.of("/")),
    MANAGEMENT("", List.of());

    /** The alias of the internal API's base path, which most callers use. */
    static final String INTERNAL_ALIAS = "/app/export/v1";

    private final String base;
    private final List<String> others;

    Port(String base, List<String> others) {
        this.base = base;
        this.others = others;
    }

    String base() {
        return base;
    }

    /** Sets the headers that every response of the port has. A response that may be cached replaces Cache-Control. */
    void addHeaders(String requestId, BiConsumer<String, String> setHeader) {
        setHeader.accept(RequestId.headerOn(this), requestId);
        setHeader.accept("X-Content-Type-Options", "nosniff");
        setHeader.accept("Cache-Control", "no-store");
    }

    boolean serves(String path) {
        return path.startsWith(base + "/") || others.contains(path);
    }
}
