package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.TrafficProperties;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.http.parser.HttpParser;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1 with what its settings do not offer: a time limit for a request's headers, lenient parsing of Host and
 * query, and a lingering close. Public because Tomcat creates it by its class name.
 */
public final class PlatformHttpProtocol extends Http11NioProtocol {

    /** Bytes of chunk extensions, and of trailers, in a request; clients send none. */
    private static final int MAX_CHUNK_EXTRAS = 256;

    private static final long MIN_LINGER_BYTES = 64 * 1024 * 1024;

    private final HttpParser parser = new LenientHttpParser();

    private Port port = Port.MANAGEMENT;
    private Duration headerTimeout = Duration.ofSeconds(30);
    private Duration lingerTimeout = Duration.ofSeconds(60);
    private long maxLingerBytes = MIN_LINGER_BYTES;
    private @Nullable HttpMetrics metrics;
    private Supplier<Set<String>> methods = Set::of;

    /**
     * Applies the settings before the protocol starts.
     *
     * @param methods those of the port's paths
     */
    void configure(Port port, ExportProperties properties, HttpMetrics metrics, Supplier<Set<String>> methods) {
        TrafficProperties traffic = properties.traffic();
        this.port = port;
        this.metrics = metrics;
        this.methods = methods;
        headerTimeout = traffic.headerTimeout();
        lingerTimeout = traffic.minBytesWithin();
        // Twice, for uploads that are too large.
        maxLingerBytes = Math.max(MIN_LINGER_BYTES, 2 * properties.upload().maxSizeBytes());
        setMaxConnections(port == Port.MANAGEMENT ? traffic.maxManagementConnections() : traffic.maxConnections());
        setKeepAliveTimeout((int) traffic.keepAliveTimeout().toMillis());
        // Proxies pass on a slow client's body in bursts, so its rate counts and not each silence.
        setDisableUploadTimeout(false);
        setConnectionUploadTimeout(Math.toIntExact(bodyTimeout(traffic).toMillis()));
        setMaxHeaderCount(traffic.maxHeaderCount());
        // They are read within one read of a body, however slowly they come.
        setMaxExtensionSize(MAX_CHUNK_EXTRAS);
        setMaxTrailerSize(MAX_CHUNK_EXTRAS);
    }

    private static Duration bodyTimeout(TrafficProperties traffic) {
        return traffic.minBytesWithin().compareTo(traffic.idleTimeout()) > 0
                ? traffic.minBytesWithin()
                : traffic.idleTimeout();
    }

    @Override
    protected Processor createProcessor() {
        return new PlatformHttpProcessor(this, getAdapter());
    }

    @Override
    public HttpParser getHttpParser() {
        return parser;
    }

    Port port() {
        return port;
    }

    Duration headerTimeout() {
        return headerTimeout;
    }

    /** Returns how long a client that has been answered may go on sending. */
    Duration lingerTimeout() {
        return lingerTimeout;
    }

    long maxLingerBytes() {
        return maxLingerBytes;
    }

    /** Returns the methods that paths of this port support. */
    Set<String> methods() {
        return methods.get();
    }

    /** Counts a request that did not reach {@link FrontServlet}. */
    void count(@Nullable String method, int status, long nanoseconds) {
        if (metrics != null) {
            metrics.served(method == null ? "" : method, status, nanoseconds);
        }
    }
}
