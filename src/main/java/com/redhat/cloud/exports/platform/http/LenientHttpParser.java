package com.redhat.cloud.exports.platform.http;

import org.apache.tomcat.util.http.parser.HttpParser;

/** Accepts in a query what browsers, Node, httpx and curl send raw, as Go servers do: brackets, quotes, UTF-8 and the like. */
final class LenientHttpParser extends HttpParser {

    LenientHttpParser() {
        super(null, "\"<>[\\]^`{|}");
    }

    /** @param c a byte, negative beyond ASCII */
    @Override
    public boolean isNotRequestTargetRelaxed(int c) {
        // Paths are checked again later.
        return c >= 0 && super.isNotRequestTargetRelaxed(c);
    }

    @Override
    public boolean isQueryRelaxed(int c) {
        return c < 0 || super.isQueryRelaxed(c);
    }
}
