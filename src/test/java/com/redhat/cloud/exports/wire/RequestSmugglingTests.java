package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Requests whose end two servers may see in different places (RFC 9112 section 11.2). What follows one is never answered, since a proxy could hand that answer to another client.
 */
@ServiceTest
class RequestSmugglingTests {

    /** Header lines that give the body's length twice, or unclearly. */
    static final List<String> AMBIGUOUS = List.of(
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
            "Content-Length: 5\r\nContent-Length: 0\r\n",
            "Content-Length: 0\r\nContent-Length: 5\r\n",
            "Content-Length: 5, 5\r\n",
            "Content-Length: +5\r\n",
            "Content-Length: -5\r\n",
            "Content-Length: 0x5\r\n",
            "Content-Length: 5 5\r\n",
            "Content-Length: 18446744073709551621\r\n",
            "Content-Length : 5\r\n",
            "Transfer-Encoding : chunked\r\n",
            " Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding\r\n : chunked\r\n",
            "X: y\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "Transfer-Encoding: xchunked\r\n",
            "Transfer-Encoding: chunked, identity\r\n",
            "Transfer-Encoding: identity, chunked\r\nContent-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding:\u000bchunked\r\nContent-Length: 5\r\n",
            "Transfer-Encoding: \"chunked\"\r\nContent-Length: 5\r\n");

    @Autowired
    Api api;

    @ParameterizedTest
    @FieldSource("AMBIGUOUS")
    void whatFollowsAnAmbiguousRequestIsNotAnswered(String headers) throws IOException {
        for (int port : new int[] {api.publicPort, api.internalPort}) {
            for (String path : List.of("/nowhere", Api.EXPORTS, Api.INTERNAL + "a/b/c/upload")) {
                String answers = send(port, "POST " + path, headers, "0\r\n\r\n");
                assertThat(answers).containsPattern("^HTTP/1.1 [45]").doesNotContain("HTTP/1.1 2");
            }
        }
    }

    /** Chunks that servers may parse differently. */
    @Test
    void whatFollowsAmbiguousChunksIsNotAnswered() throws IOException {
        for (int port : new int[] {api.publicPort, api.internalPort}) {
            for (String body : List.of(
                    "0x0\r\n\r\n",
                    "-1\r\n\r\n",
                    "+0\r\n\r\n",
                    "0 \u000b\r\n\r\n",
                    "1\r\nab\r\n0\r\n\r\n",
                    "0\n\n",
                    "100000000\r\n\r\n",
                    "0;\r\n\n",
                    "\r\n0\r\n\r\n")) {
                String answers = send(port, "POST /nowhere", "Transfer-Encoding: chunked\r\n", body);
                assertThat(answers).as(body).containsPattern("^HTTP/1.1 4").doesNotContain("HTTP/1.1 2");
            }
        }
    }

    /** Guards the tests above. */
    @Test
    void whatFollowsAPlainRequestIsAnswered() throws IOException {
        for (int port : new int[] {api.publicPort, api.internalPort}) {
            assertThat(send(port, "POST /nowhere", "Content-Length: 5\r\n", "01234"))
                    .startsWith("HTTP/1.1 404")
                    .contains("HTTP/1.1 200");
            assertThat(send(port, "POST /nowhere", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("HTTP/1.1 200");
        }
    }

    private static String send(int port, String line, String headers, String body) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            return connection
                    .send(line + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body
                            + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .endOfOutput()
                    .rest();
        }
    }
}
