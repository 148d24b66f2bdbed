package com.redhat.cloud.exports.upload;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** How the body of an upload is encoded on its way (RFC 9110 section 8.4). */
enum ContentCoding {
    IDENTITY(0),
    GZIP(0),
    ZSTD(9 * 1024 * 1024);

    /** The value of Accept-Encoding for clients that use another coding. */
    private static final String ACCEPTED = "gzip, zstd";

    private static final int GZIP_BUFFER_SIZE = 64 * 1024;

    /** Windows of at most 8 MiB, which suffice for every encoder that follows RFC 9659. */
    private static final int MAX_ZSTD_WINDOW_LOG = 23;

    private final long memory;

    ContentCoding(long memory) {
        this.memory = memory;
    }

    /**
     * Parses the Content-Encoding of a request.
     *
     * @param header null when the request has none
     * @throws ServiceException when the coding is not supported, or there are several
     */
    static ContentCoding of(@Nullable String header) {
        return switch (header == null ? "" : header.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default ->
                throw ServiceException.unsupportedCoding(
                        "the Content-Encoding '%s' is not one of %s".formatted(header, ACCEPTED), ACCEPTED);
        };
    }

    /** Returns the bytes of memory that decoding takes, where they are many. */
    long memory() {
        return memory;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Decodes a body. Closing the decoder does not close the body. */
    InputStream decoder(InputStream body) throws IOException {
        return switch (this) {
            case IDENTITY -> body;
            case GZIP -> new GZIPInputStream(body, GZIP_BUFFER_SIZE);
            case ZSTD -> new ZstdInputStreamNoFinalizer(body).setLongMax(MAX_ZSTD_WINDOW_LOG);
        };
    }
}
