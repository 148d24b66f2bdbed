package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.platform.database.StorableText;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.platform.http.ApiJson;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The body of {@code POST /exports}, from its bytes to what is stored. */
public final class ExportRequestFuzzer {

    private static final ObjectMapper JSON = ApiJson.mapper();

    private ExportRequestFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var body = JSON.readValue(input, ExportRequestBody.class);
            assertThat(body.json()).isEqualTo(JSON.readTree(input));
            var request = ExportRequest.parse(body);
            var filters = new Filters();
            for (var source : request.sources()) {
                if (source.filters() != null) {
                    filters.require(source.filters());
                    // What is sent on and stored is the same JSON.
                    assertThat(JSON.readTree(source.filtersText())).isEqualTo(source.filters());
                }
                assertThat(StorableText.require("", source.application())).doesNotContain("\0");
            }
            assertThat(StorableText.require("", request.name())).doesNotContain("\0");
        } catch (JacksonException | ServiceException | NumberFormatException | CharConversionException refused) {
            // Each is a 400; http.Problems says why the last two are.
            assertThat(refused).isNotNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
