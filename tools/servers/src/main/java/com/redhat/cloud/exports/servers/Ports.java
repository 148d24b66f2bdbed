package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The ports of the local servers, all on the loopback interface.
 *
 * @param postgres setting {@code PGSQL_PORT}
 * @param kafka setting {@code KAFKA_PORT}
 * @param s3 setting {@code MINIO_PORT}
 */
public record Ports(int postgres, int kafka, int s3) {

    // Below the system's range for outgoing connections, one of which could take a port before its server does.
    private static final int MIN = 20_000;
    private static final int MAX = 31_999;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(MIN, MAX));

    /** Free ports, for tests. */
    public static Ports free() {
        var free = free(3);
        return new Ports(free[0], free[1], free[2]);
    }

    /** The fixed ports of {@code make run}: environment variables, else 15433, 9092 and 9099. */
    public static Ports fromEnvironment() {
        return new Ports(
                fromEnvironment("PGSQL_PORT", 15433),
                fromEnvironment("KAFKA_PORT", 9092),
                fromEnvironment("MINIO_PORT", 9099));
    }

    public static int fromEnvironment(String setting, int otherwise) {
        var value = System.getenv().getOrDefault(setting, "");
        try {
            return value.isBlank() ? otherwise : Integer.parseInt(value.strip());
        } catch (NumberFormatException notANumber) {
            throw new IllegalStateException("%s is '%s', which is not a port".formatted(setting, value), notANumber);
        }
    }

    /** Free ports, none of them twice in a process. */
    public static int[] free(int count) {
        return IntStream.generate(() -> NEXT.getAndUpdate(port -> port < MAX ? port + 1 : MIN))
                .filter(Ports::isFree)
                .limit(count)
                .toArray();
    }

    private static boolean isFree(int port) {
        try {
            close(bind(port));
            return true;
        } catch (UncheckedIOException taken) {
            return false;
        }
    }

    public void requireFree() {
        requireFree("PGSQL_PORT", postgres);
        requireFree("KAFKA_PORT", kafka);
        requireFree("MINIO_PORT", s3);
    }

    /**
     * @throws IllegalStateException if another program listens there, naming port and setting
     */
    public static void requireFree(String setting, int port) {
        try {
            close(bind(port));
        } catch (UncheckedIOException taken) {
            throw new IllegalStateException(
                    "port %d is taken by another program: stop that one, or choose another port with %s=%d"
                            .formatted(port, setting, free(1)[0]),
                    taken);
        }
    }

    private static ServerSocket bind(int port) {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
