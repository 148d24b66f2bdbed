package com.redhat.cloud.exports.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A plain socket for requests that no HTTP client would send. */
public final class RawConnection implements AutoCloseable {

    private final Socket socket;

    public RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
    }

    /** The head of a POST with a valid key; {@code headers} are lines that end in CRLF. */
    public RawConnection post(String path, String headers) throws IOException {
        return send("POST %s HTTP/1.1\r\nHost: localhost\r\nx-rh-exports-psk: %s\r\n%s\r\n"
                .formatted(path, Api.KEY, headers));
    }

    public RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return this;
    }

    public RawConnection send(byte[] bytes, int length) throws IOException {
        socket.getOutputStream().write(bytes, 0, length);
        return this;
    }

    /** Sends in the background, since the server may not read it. */
    public void sendWithoutWaiting(String text) {
        Thread.startVirtualThread(() -> {
            try {
                send(text);
            } catch (IOException e) {
                // The test has closed the connection.
                return;
            }
        });
    }

    public RawConnection sendChunk(String text) throws IOException {
        return send(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
    }

    /** Shuts down the output; the answer can still be read. */
    public RawConnection endOfOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next status line with its headers, up to the empty line. */
    public String head() throws IOException {
        var head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return head.toString();
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /** The next {@code length} bytes of the body, each as a character. */
    public String read(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
    }

    /** Everything up to the end of the connection. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** Whether there is something to read. */
    public boolean hasAnswer() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /** Resets the connection. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
