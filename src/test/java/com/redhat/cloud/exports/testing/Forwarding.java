package com.redhat.cloud.exports.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port that leads to another one for as long as it is open. */
public final class Forwarding implements AutoCloseable {

    private final ServerSocket door;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Bytes that may still go in. */
    private long open = Long.MAX_VALUE;

    private boolean holding;

    /** @param port on which it listens, 0 for a free one */
    public Forwarding(int port, String host, int target) throws IOException {
        this.door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(host, target));
    }

    public int port() {
        return door.getLocalPort();
    }

    /** After so many bytes more, of all connections, what is sent to the other port is not read until {@link #goOn}. */
    public synchronized void holdAfter(long bytes) {
        open = bytes;
    }

    /** Whether there is something that it does not let in. */
    public synchronized boolean isHolding() {
        return holding;
    }

    public synchronized void goOn() {
        open = Long.MAX_VALUE;
        holding = false;
        notifyAll();
    }

    private synchronized void letIn(int count) throws IOException {
        try {
            while (open <= 0) {
                holding = true;
                wait();
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
        open -= count;
    }

    private void accept(String host, int target) {
        while (!door.isClosed()) {
            try {
                Socket in = door.accept();
                Socket out = new Socket(host, target);
                sockets.addAll(List.of(in, out));
                Thread.startVirtualThread(() -> copy(in, out, true));
                Thread.startVirtualThread(() -> copy(out, in, false));
            } catch (SocketException e) {
                // Closed, or nobody there: the next connection may fare better.
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void copy(Socket from, Socket to, boolean inwards) {
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(inwards ? new Gate(out) : out);
        } catch (SocketException e) {
            // One side has ended it, which ends both.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Gate extends FilterOutputStream {

        Gate(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            letIn(length);
            out.write(bytes, offset, length);
        }
    }

    @Override
    public void close() throws IOException {
        goOn();
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
