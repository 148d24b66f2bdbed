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

/** Forwards connections of a port to another one until it is closed. */
public final class Forwarding implements AutoCloseable {

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Bytes that may still pass to the target. */
    private long allowance = Long.MAX_VALUE;

    private boolean holding;

    /** @param port on which it listens, 0 for a free one */
    public Forwarding(int port, String host, int target) throws IOException {
        this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(host, target));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Stops forwarding to the target after so many more bytes of all connections, until {@link #resume}. */
    public synchronized void holdAfter(long bytes) {
        allowance = bytes;
    }

    /** Whether it holds data back. */
    public synchronized boolean isHolding() {
        return holding;
    }

    public synchronized void resume() {
        allowance = Long.MAX_VALUE;
        holding = false;
        notifyAll();
    }

    private synchronized void admit(int count) throws IOException {
        try {
            while (allowance <= 0) {
                holding = true;
                wait();
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
        allowance -= count;
    }

    private void accept(String host, int target) {
        while (!listener.isClosed()) {
            try {
                Socket in = listener.accept();
                Socket out = new Socket(host, target);
                sockets.addAll(List.of(in, out));
                Thread.startVirtualThread(() -> copy(in, out, true));
                Thread.startVirtualThread(() -> copy(out, in, false));
            } catch (SocketException e) {
                // Closed, or the target is unreachable; the next connection may succeed.
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
            // One side has closed, which closes both.
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
            admit(length);
            out.write(bytes, offset, length);
        }
    }

    @Override
    public void close() throws IOException {
        resume();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
