package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** The query string, as it comes in the request line. */
public final class QueryStringFuzzer {

    private QueryStringFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var parameters = QueryString.parse(new String(input, StandardCharsets.ISO_8859_1));
            var pairs = new ArrayList<String>();
            parameters.forEach(
                    (name, values) -> values.forEach(value -> pairs.add(encode(name) + "=" + encode(value))));
            assertThat(QueryString.parse(String.join("&", pairs))).isEqualTo(parameters);
        } catch (ServiceException refused) {
            assertThat(refused.kind()).isEqualTo(ServiceException.Kind.INVALID);
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
