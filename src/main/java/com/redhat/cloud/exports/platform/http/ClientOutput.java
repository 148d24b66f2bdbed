package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.concurrency.MinimumTransferRate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.net.NioChannel;

/**
 * Writes a large body of known length to the client's socket, past Tomcat's stream, and judges the client by what it takes.
 *
 * <p>Tomcat waits until the system says that the socket is writable. Linux says so only when a third of a send buffer of up to
 * 4 MiB is free, so a steady client at 64 KiB/s looks dead for 20 s. Trying again now and then shows each byte that it takes.
 */
final class ClientOutput extends OutputStream {

    /** Bodies up to this size fit the buffers of a socket. */
    private static final int SMALL = 64 * 1024;

    /** The JDK copies what is written to memory outside of the heap. */
    private static final int MAX_PIECE = 64 * 1024;

    private static final long MIN_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final HttpServletResponse response;
    private final NioChannel socket;
    private final MinimumTransferRate.Meter meter;

    private ClientOutput(HttpServletResponse response, NioChannel socket, MinimumTransferRate minRate) {
        this.response = response;
        this.socket = socket;
        this.meter = new MinimumTransferRate.Meter(minRate);
    }

    /**
     * Opens the stream of a body. Nothing is sent before the first byte is written, so until then the request can fail.
     *
     * @param length as in Content-Length, which has been set
     */
    static OutputStream open(
            HttpServletRequest request, HttpServletResponse response, long length, MinimumTransferRate minRate)
            throws IOException {
        NioChannel socket = (NioChannel) request.getAttribute(PlatformHttpProcessor.SOCKET);
        if (socket == null || length <= SMALL || minRate.bytesPerSecond() == 0) {
            return response.getOutputStream();
        }
        return new ClientOutput(response, socket, minRate);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** @throws com.redhat.cloud.exports.platform.concurrency.SlowClientException when the client takes it too slowly */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!response.isCommitted()) {
            response.flushBuffer();
        }
        long pause = MIN_PAUSE;
        for (int written = 0; written < length; ) {
            int piece = Math.min(MAX_PIECE, length - written);
            int taken = socket.write(ByteBuffer.wrap(bytes, offset + written, piece));
            written += taken;
            if (taken == piece) {
                meter.add(0, taken);
                pause = MIN_PAUSE;
                continue;
            }
            long start = System.nanoTime();
            LockSupport.parkNanos(pause);
            meter.add(System.nanoTime() - start, taken);
            pause = taken > 0 ? pause : Math.min(2 * pause, MAX_PAUSE);
        }
    }
}
