package com.redhat.cloud.exports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port that leads to another one for as long as it is open. */
final class Forwarding implements AutoCloseable {

    private final ServerSocket door;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    Forwarding(int port, String host, int target) throws IOException {
        this.door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(host, target));
    }

    private void accept(String host, int target) {
        while (!door.isClosed()) {
            try {
                Socket in = door.accept();
                Socket out = new Socket(host, target);
                sockets.addAll(List.of(in, out));
                Thread.startVirtualThread(() -> copy(in, out));
                Thread.startVirtualThread(() -> copy(out, in));
            } catch (SocketException e) {
                // Closed, or nobody there: the next connection may fare better.
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (SocketException e) {
            // One side has ended it, which ends both.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
