package com.redhat.cloud.exports.platform.concurrency;

import com.redhat.cloud.exports.platform.concurrency.Places.Place;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The memory for requests and answers that are large: they wait for it before they are read or built, and have it until the
 * answer has been sent. Ordinary ones are small and wait for nothing: there is room for one of each connection.
 */
@Component
public final class Memory {

    /** Bytes that nobody waits for. */
    public static final int SMALL = 64 * 1024;

    /** What a byte of JSON becomes at most when it is read: an empty object has three of them. */
    private static final int BYTES_OF_JSON = 32;

    /** What is read of a body that does not say how long it is, to see whether it is small. */
    private static final int SMALL_BODY = 8 * 1024;

    private static final String RESERVED = Memory.class.getName();

    private final Places bytes;
    private final long maxPerOwner;
    private final long longestBody;

    Memory(ExportProperties properties) {
        ExportProperties.Traffic traffic = properties.traffic();
        this.bytes = new Places("large requests", traffic.memory().toBytes(), traffic.queueTimeout());
        this.maxPerOwner = traffic.memoryOfOne().toBytes();
        this.longestBody = properties.limits().body().toBytes();
    }

    /**
     * Waits for the memory that an exchange needs until its answer has been sent. What has some waits for no more, or those
     * that do so would wait for each other.
     *
     * @throws TooManyAtOnceException when so much does not become free in time
     */
    public void reserve(String owner, long size, Exchange exchange) {
        if (size > SMALL && !hasSome(exchange)) {
            keep(take(owner, size), exchange);
        }
    }

    /**
     * The same before a body of JSON is read.
     *
     * @param contentLength bytes to come, null when the client does not say
     * @param ofEachByte what else is made of each of them
     * @param most of this in all
     */
    public void reserveForBody(
            String owner, @Nullable Long contentLength, long ofEachByte, long most, Exchange exchange)
            throws IOException {
        long length = contentLength == null ? peek(exchange) : Math.min(contentLength, longestBody);
        reserve(owner, length * BYTES_OF_JSON + Math.min(length * ofEachByte, most), exchange);
    }

    /** @return how long the body is, or can be */
    private long peek(Exchange exchange) throws IOException {
        InputStream body = exchange.getMessage().getBody(InputStream.class);
        byte[] head = body.readNBytes(SMALL_BODY);
        exchange.getMessage().setBody(new SequenceInputStream(new ByteArrayInputStream(head), body));
        return head.length < SMALL_BODY ? head.length : longestBody;
    }

    Place take(String owner, long size) {
        return bytes.take(size, new Places.Share(owner, maxPerOwner));
    }

    static boolean hasSome(Exchange exchange) {
        return exchange.getProperty(RESERVED) != null;
    }

    /** @param place what the exchange has until its answer has been sent */
    static void keep(Place place, Exchange exchange) {
        exchange.setProperty(RESERVED, place);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                place.close();
            }
        });
    }
}
