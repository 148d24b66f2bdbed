package com.redhat.cloud.exports.wire.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * RedHatInsights/curiosity-frontend, {@code src/services/platform}: requests an export, polls the list without parameters until the export has finished, downloads and deletes it. It regards a partial export as failed: it deletes it without downloading.
 */
@ServiceTest
class SubscriptionsUiTests {

    private static final Set<String> STATUSES = Set.of("failed", "complete", "partial", "pending", "running");

    @Autowired
    Api api;

    @Test
    void anExportIsFoundInTheListFetchedAndDeleted() {
        Page page = new Page();
        JsonNode export = page.ask("json", "\"instances\"");
        // A first list without an export of its own would end the polling.
        assertThat(page.find(export)).contains("pending");

        page.client.answer(export, 0, "upload", "{\"data\":[]}");

        page.poll(export, "complete");
        HttpResponse<byte[]> zip = page.client.get(path(export));
        assertThat(Archive.of(zip.body()).manifest().path("file_meta")).hasSize(1);
        page.clean(export);
    }

    @Test
    void aFailedExportIsDeleted() {
        Page page = new Page();
        JsonNode export = page.ask("csv", "\"instances\"");
        page.client.answer(export, 0, "error", "{\"message\":\"no\",\"error\":500}");

        page.poll(export, "failed");
        page.clean(export);
    }

    @Test
    void aPartialExportIsDeletedWithoutBeingFetched() {
        Page page = new Page();
        JsonNode export =
                page.ask("csv", "\"instances\"},{\"application\":\"subscriptions\",\"resource\":\"subscriptions\"");
        page.client.answer(export, 0, "upload", "a,b\n");
        assertThat(page.find(export)).contains("running");
        page.client.answer(export, 1, "error", "{\"message\":\"no\",\"error\":403}");

        page.poll(export, "partial");
        page.clean(export);
    }

    @Test
    void exportsOfOtherPagesAreLeftAlone() {
        Page page = new Page();
        page.client.post(Api.EXPORTS, SourceRequest.body("json", Api.APPLICATION, Api.RESOURCE, "null"));
        JsonNode export = page.ask("json", "\"subscriptions\"");
        assertThat(page.find(export)).contains("pending");
        page.clean(export);
        assertThat(page.list())
                .extracting(item -> item.path("name").textValue())
                .containsExactly("Example");
    }

    private static String path(JsonNode export) {
        return Api.EXPORTS + "/" + export.path("id").textValue();
    }

    /** The page of one user in one browser, with the headers of axios. */
    private final class Page {

        private final UserClient client =
                new UserClient(api, Api.someone(), "Accept", "application/json, text/plain, */*");

        JsonNode ask(String format, String resource) {
            Instant expires = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
            HttpResponse<byte[]> answer = client.post(Api.EXPORTS, """
                    {"expires_at":"%s","format":"%s","name":"swatch-RHEL for x86",
                     "sources":[{"application":"subscriptions","filters":{"product_id":"RHEL for x86"},"resource":%s}]}""".formatted(expires, format, resource));
            assertThat(answer.statusCode()).isEqualTo(202);
            JsonNode export = UserClient.json(answer);
            requireSchema(export);
            assertThat(OffsetDateTime.parse(export.path("expires_at").textValue())
                            .toInstant())
                    .isEqualTo(expires);
            return export;
        }

        List<JsonNode> list() {
            HttpResponse<byte[]> answer = client.get(Api.EXPORTS);
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode data = UserClient.json(answer).path("data");
            assertThat(data.isArray()).isTrue();
            return StreamSupport.stream(data.spliterator(), false).toList();
        }

        /** The status of the export among those of its own name. */
        Optional<String> find(JsonNode export) {
            return list().stream()
                    .filter(item -> item.path("name").textValue().toLowerCase().startsWith("swatch"))
                    .peek(Page::requireSchema)
                    .filter(item -> item.get("id").equals(export.get("id")))
                    .map(item -> item.path("status").textValue())
                    .findFirst();
        }

        /** Every five seconds, or ten where the page has no setting; shortened here. */
        void poll(JsonNode export, String status) {
            await().pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertThat(find(export)).contains(status));
        }

        void clean(JsonNode export) {
            assertThat(client.delete(path(export)).statusCode()).isBetween(200, 299);
            assertThat(find(export)).isEmpty();
        }

        /** Its Joi schema: what is there is of the type it expects; other fields may be there too. */
        private static void requireSchema(JsonNode export) {
            UUID.fromString(export.path("id").textValue());
            assertThat(export.path("name").textValue()).isNotEmpty();
            assertThat(Set.of("csv", "json")).contains(export.path("format").textValue());
            assertThat(STATUSES).contains(export.path("status").textValue());
            OffsetDateTime.parse(export.path("created_at").textValue());
            if (export.hasNonNull("completed_at")) {
                OffsetDateTime.parse(export.get("completed_at").textValue());
            }
            for (JsonNode source : export.path("sources")) {
                UUID.fromString(source.path("id").textValue());
                assertThat(STATUSES).contains(source.path("status").textValue());
                assertThat(source.get("filters").isObject()
                                || source.get("filters").isNull())
                        .isTrue();
            }
        }
    }
}
