package com.redhat.cloud.exports.wire.callers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * RedHatInsights/insights-inventory-frontend, {@code …/hooks/useInventoryExport}: asks for all systems, polls the status
 * twice a second, and saves the download under the name in its Content-Disposition. It deletes nothing.
 */
@ServiceTest
class InventoryUiTests {

    private static final String APPLICATION = "urn:redhat:application:inventory";

    /** Its own expression: without quotation marks the page fails. */
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"(.*)\"");

    @Autowired
    Api api;

    @ParameterizedTest
    @CsvSource({"json, []", "csv, 'a,b'"})
    void aFinishedExportIsSavedUnderTheNameThatTheServiceGives(String format, String content) {
        Page page = new Page();
        JsonNode export = page.ask(format);
        assertThat(page.status(export)).isEqualTo("pending");

        page.client.answer(export, 0, "upload", content);

        page.poll(export, "complete");
        HttpResponse<byte[]> download = page.client.get(path(export));
        Matcher name = FILE_NAME.matcher(
                download.headers().firstValue("content-disposition").orElseThrow());
        assertThat(name.find()).isTrue();
        assertThat(URLDecoder.decode(name.group(1), UTF_8))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ-%s\\.zip"
                        .formatted(export.path("id").textValue()));
        assertThat(Archive.of(download.body()).files()).hasSize(3);
    }

    @Test
    void aFailedExportEndsThePolling() {
        Page page = new Page();
        JsonNode export = page.ask("csv");
        page.client.answer(export, 0, "error", "{\"message\":\"no\",\"error\":404}");
        page.poll(export, "failed");
    }

    private static String path(JsonNode export) {
        return Api.EXPORTS + "/" + export.path("id").textValue();
    }

    /** The page of one user in one browser: axios, and fetch for the download, which sends the same here. */
    private final class Page {

        private final UserClient client =
                new UserClient(api, Api.someone(), "Accept", "application/json, text/plain, */*");

        JsonNode ask(String format) {
            HttpResponse<byte[]> answer = client.post(Api.EXPORTS, """
                    {"name":"inventory-export","format":"%s",
                     "sources":[{"application":"%s","resource":"%s:export:systems","filters":{}}]}""".formatted(format, APPLICATION, APPLICATION));
            assertThat(answer.statusCode()).isBetween(200, 299);
            return UserClient.json(answer);
        }

        String status(JsonNode export) {
            HttpResponse<byte[]> answer = client.get(path(export) + "/status");
            // An error here makes the page give the export up.
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode status = UserClient.json(answer);
            assertThat(status.get("id")).isEqualTo(export.get("id"));
            return status.path("status").textValue();
        }

        /** Every 500 ms, and never two at once; shortened here. */
        void poll(JsonNode export, String status) {
            await().pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertThat(status(export)).isEqualTo(status));
        }
    }
}
