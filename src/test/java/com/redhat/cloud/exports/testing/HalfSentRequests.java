package com.redhat.cloud.exports.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of one port that send most of the largest head, and then stall. Those that the port does not accept wait. */
public final class HalfSentRequests implements AutoCloseable {

    private static final byte[] HEAD = ("GET / HTTP/1.1\r\nHost: x\r\na: " + "x".repeat(30_000)).getBytes(US_ASCII);

    private final List<SocketChannel> channels = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();

    public HalfSentRequests(int port, int number) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open();
            channels.add(channel);
            Thread.startVirtualThread(() -> send(channel, address));
        }
    }

    private void send(SocketChannel channel, InetSocketAddress address) {
        try {
            channel.connect(address);
            ByteBuffer head = ByteBuffer.wrap(HEAD);
            while (head.hasRemaining()) {
                channel.write(head);
            }
            sent.incrementAndGet();
        } catch (IOException closed) {
            // The test has closed it.
            return;
        }
    }

    /** How many have sent their part. */
    public int sent() {
        return sent.get();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
