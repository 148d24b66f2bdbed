package com.redhat.cloud.exports.platform.concurrency;

import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Permit;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Share;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.TrafficProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The memory for large requests and answers. They wait for it before they are read or built, and hold it until the answer has
 * been sent. Small ones do not wait: there is room for one on each connection.
 */
@Component
public final class MemoryBudget {

    /** Bytes that need no reservation. */
    public static final int SMALL = 64 * 1024;

    /** Bytes that a byte of JSON takes at most when it has been read: an empty object has three of them. */
    private static final int BYTES_PER_BYTE_OF_JSON = 32;

    /** Bytes read of a body of unknown length, to see whether it is small. */
    private static final int SMALL_BODY = 8 * 1024;

    private static final String RESERVATION = MemoryBudget.class.getName();

    private final FairLimiter limiter;
    private final long maxPerOwner;
    private final long maxBody;

    MemoryBudget(ExportProperties properties) {
        TrafficProperties traffic = properties.traffic();
        this.limiter = FairLimiter.of("large requests", traffic.maxMemory().toBytes(), traffic.queueTimeout());
        this.maxPerOwner = traffic.maxMemoryPerOrganisation().toBytes();
        this.maxBody = properties.limits().maxBodySize().toBytes();
    }

    /**
     * Reserves the memory that an exchange needs until its answer has been sent. An exchange that has a reservation gets no
     * second one: if it waited while holding memory, two of them could wait for each other.
     *
     * @throws ServiceException when so much does not become free in time
     */
    public void reserve(String owner, long size, Exchange exchange) {
        if (size > SMALL && !hasReservation(exchange)) {
            attach(acquire(owner, size), exchange);
        }
    }

    /** Gives back what an exchange has reserved beyond {@code size} bytes. */
    public void reduce(long size, Exchange exchange) {
        if (exchange.getProperty(RESERVATION) instanceof Permit reservation) {
            reservation.reduceTo(size);
        }
    }

    /**
     * Reserves memory before a JSON body is read.
     *
     * @param contentLength bytes to come, null if the client does not say
     * @param extraPerByte bytes made of each byte in addition
     * @param maxExtra limit of these
     * @throws ServiceException when so much does not become free in time
     */
    public void reserveForBody(
            String owner, @Nullable Long contentLength, long extraPerByte, long maxExtra, Exchange exchange)
            throws IOException {
        long length = contentLength == null ? peekLength(exchange) : Math.min(contentLength, maxBody);
        reserve(owner, length * BYTES_PER_BYTE_OF_JSON + Math.min(length * extraPerByte, maxExtra), exchange);
    }

    /** Returns the length of the body, or what it can be at most. */
    private long peekLength(Exchange exchange) throws IOException {
        InputStream body = exchange.getMessage().getBody(InputStream.class);
        byte[] head = body.readNBytes(SMALL_BODY);
        exchange.getMessage().setBody(new SequenceInputStream(new ByteArrayInputStream(head), body));
        return head.length < SMALL_BODY ? head.length : maxBody;
    }

    Permit acquire(String owner, long size) {
        return limiter.acquire(size, new Share(owner, maxPerOwner));
    }

    static boolean hasReservation(Exchange exchange) {
        return exchange.getProperty(RESERVATION) != null;
    }

    /** Closes the reservation when the exchange's answer has been sent. */
    static void attach(Permit reservation, Exchange exchange) {
        exchange.setProperty(RESERVATION, reservation);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                reservation.close();
            }
        });
    }
}
