package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** The path of a request on either port, as it comes in the request line. */
public final class RequestPathFuzzer {

    private RequestPathFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var raw = new String(input, StandardCharsets.ISO_8859_1);
        for (var port : Port.values()) {
            RequestPath.parse(raw, port).ifPresent(path -> {
                assertThat(path.decoded()).startsWith("/").doesNotContain("//", "\\", ";", "%", "\0", "\r", "\n");
                assertThat(path.decoded().split("/")).doesNotContain(".", "..");
                // It is in its last form.
                var encoded = UriUtils.encodePath(path.decoded(), StandardCharsets.UTF_8);
                assertThat(RequestPath.parse(encoded, port).orElseThrow().decoded())
                        .isEqualTo(path.decoded());
            });
        }
    }
}
