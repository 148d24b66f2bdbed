package com.redhat.cloud.exports.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A network between a client and a server on this machine, with the faults of a real one. */
final class TcpProxy implements AutoCloseable {

    /** What happens to the bytes. */
    enum Mood {
        FINE,
        /** Each piece is delayed by 100 ms. */
        LATE,
        /** About 20 kB a second. */
        TRICKLE,
        /** Each connection is reset after some bytes. */
        RESET,
        /** Connections that are in use are cut silently: both ends wait, even after the fault is over. */
        HALF_OPEN
    }

    private static final int PIECE = 16 * 1024;
    private static final int TRICKLE_PIECE = 1024;
    private static final int BYTES_BEFORE_RESET = 48 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final Random random;
    private final AtomicLong broken = new AtomicLong();
    private volatile Mood mood = Mood.FINE;

    private TcpProxy(ServerSocket listener, int target, Random random) {
        this.listener = listener;
        this.target = target;
        this.random = random;
    }

    /**
     * @param port to listen on, 0 for a free one
     * @param target port of the server
     */
    static TcpProxy start(int port, int target, long seed) throws IOException {
        var proxy =
                new TcpProxy(new ServerSocket(port, 200, InetAddress.getLoopbackAddress()), target, new Random(seed));
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    void set(Mood mood) {
        this.mood = mood;
    }

    /** The number of connections reset or cut so far. */
    long broken() {
        return broken.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        var connection = new Connection(client);
        try {
            connection.server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            connection.server.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> connection.carry(connection.server, client));
            connection.carry(client, connection.server);
        } catch (IOException unreachable) {
            connection.end(true);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private final class Connection {

        private final Socket client;
        private volatile Socket server = new Socket();
        private volatile boolean cut;
        private int untilReset = -1;

        Connection(Socket client) {
            this.client = client;
        }

        void carry(Socket from, Socket to) {
            var piece = new byte[PIECE];
            try {
                var in = from.getInputStream();
                var out = to.getOutputStream();
                for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                    if (!pass(count)) {
                        continue;
                    }
                    for (int offset = 0; offset < count; ) {
                        int length = mood == Mood.TRICKLE ? Math.min(TRICKLE_PIECE, count - offset) : count - offset;
                        delay();
                        out.write(piece, offset, length);
                        offset += length;
                    }
                }
                if (!cut) {
                    to.shutdownOutput();
                    if (from.isOutputShutdown()) {
                        end(false);
                    }
                } else {
                    end(false);
                }
            } catch (IOException | InterruptedException broken) {
                end(true);
            }
        }

        /** @return whether these bytes arrive */
        private boolean pass(int count) throws IOException {
            if (cut) {
                return false;
            }
            if (mood == Mood.HALF_OPEN) {
                cut = true;
                broken.incrementAndGet();
                return false;
            }
            if (mood == Mood.RESET && reset(count)) {
                broken.incrementAndGet();
                throw new IOException("reset");
            }
            return true;
        }

        private synchronized boolean reset(int count) {
            if (untilReset < 0) {
                untilReset = random.nextInt(BYTES_BEFORE_RESET);
            }
            untilReset -= count;
            return untilReset < 0;
        }

        private void delay() throws InterruptedException {
            switch (mood) {
                case LATE -> Thread.sleep(Duration.ofMillis(100));
                case TRICKLE -> Thread.sleep(Duration.ofMillis(50));
                default -> Thread.yield();
            }
        }

        /** @param abruptly by a reset, as if the peer crashed */
        void end(boolean abruptly) {
            for (var socket : new Socket[] {client, server}) {
                try {
                    if (abruptly) {
                        socket.setSoLinger(true, 0);
                    }
                    socket.close();
                } catch (IOException e) {
                    continue;
                }
            }
        }
    }
}
