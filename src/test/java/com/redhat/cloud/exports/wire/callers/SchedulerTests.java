package com.redhat.cloud.exports.wire.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * RedHatInsights/scheduler, {@code internal/clients/export}: a job that asks for an export, polls its status, and hands
 * its address on. Go's decoder: a field of another type than its own fails the job, a field that it does not know is
 * passed over. Its command line lists, downloads and deletes with the same client.
 */
@ServiceTest
class SchedulerTests {

    private static final String BODY = """
            {"name":"Weekly","format":"%s","expiration":"2030-01-01T00:00:00Z",
             "sources":[{"application":"exampleApp","resource":"exampleResource"},
                        {"application":"exampleApp","resource":"anotherExampleResource"}]}""";

    @Autowired
    Api api;

    @Test
    void aJobWaitsUntilItsExportIsCompleteAndHandsItsAddressOn() {
        Job job = new Job();
        JsonNode export = job.ask();
        // The service ignores its field for this, so the export gets a week.
        assertThat(OffsetDateTime.parse(export.path("expires_at").textValue()))
                .isBefore(OffsetDateTime.now().plusDays(8));
        assertThat(job.status(export).path("status").textValue()).isEqualTo("pending");

        job.client.answer(export, 0, "upload", "[]");
        assertThat(job.status(export).path("status").textValue()).isEqualTo("running");
        job.client.answer(export, 1, "upload", "[]");

        job.poll(export, "complete");
        HttpResponse<byte[]> zip = job.client.get(path(export));
        assertThat(Archive.of(zip.body()).files()).hasSize(4);
    }

    @Test
    void aJobReportsTheErrorsOfTheSourcesWhenAllHaveFailed() {
        Job job = new Job();
        JsonNode export = job.ask();
        job.client.answer(export, 0, "error", "{\"message\":\"first\",\"error\":500}");
        job.client.answer(export, 1, "error", "{\"message\":\"second\",\"error\":403}");

        job.poll(export, "failed");
        assertThat(job.status(export).path("sources"))
                .extracting(source -> source.path("message").textValue())
                .containsExactlyInAnyOrder("first", "second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"format\":\"json\",\"sources\":[]}",
                "400 | {",
                "406 | {\"format\":\"json\",\"sources\":[{\"application\":\"inventory\",\"resource\":\"hosts\"}]}",
            })
    void aRefusalHasAMessage(int status, String body) {
        Job job = new Job();
        HttpResponse<byte[]> refusal = job.client.post(Api.EXPORTS, body);
        assertThat(refusal.statusCode()).isEqualTo(status);
        assertThat(Job.text(refusal)).isNotEmpty();
    }

    @Test
    void aRefusedIdentityHasAMessage() {
        HttpResponse<byte[]> refusal = new UserClient(api, "e30=").post(Api.EXPORTS, BODY.formatted("json"));
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(Job.text(refusal)).isNotEmpty();
    }

    @Test
    void theCommandLineListsWithFiltersAndDeletes() {
        Job job = new Job();
        JsonNode export = job.ask();
        String day = OffsetDateTime.parse(export.path("created_at").textValue())
                .minusHours(1)
                .withNano(0)
                .toString();
        HttpResponse<byte[]> answer = job.client.get(Api.EXPORTS
                + "?application=exampleApp&created_at=%s&limit=10&name=Weekly&offset=0&status=pending"
                        .formatted(day.replace(":", "%3A").replace("+", "%2B")));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode list = UserClient.json(answer);
        assertThat(list.path("meta").path("count").isIntegralNumber()).isTrue();
        assertThat(list.path("data")).singleElement().satisfies(item -> {
            Job.requireTypes(item);
            assertThat(item.get("id")).isEqualTo(export.get("id"));
        });

        assertThat(job.client.delete(path(export)).statusCode()).isLessThan(400);
        HttpResponse<byte[]> gone = job.client.get(path(export) + "/status");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(Job.text(gone)).contains(export.path("id").textValue());
    }

    private static String path(JsonNode export) {
        return Api.EXPORTS + "/" + export.path("id").textValue();
    }

    /** One job of one user; no call of it takes longer than five seconds. */
    private final class Job {

        private static final Set<String> STATUSES = Set.of("partial", "pending", "running", "complete", "failed");

        private final UserClient client = new UserClient(
                api,
                Api.someone(),
                "User-Agent",
                "Go-http-client/1.1",
                "Accept-Encoding",
                "gzip",
                // Not the name that the service reads; it has no effect.
                "x-insights-request-id",
                UUID.randomUUID().toString());

        JsonNode ask() {
            HttpResponse<byte[]> answer = client.post(Api.EXPORTS, BODY.formatted("json"));
            assertThat(answer.statusCode()).isLessThan(400);
            JsonNode export = UserClient.json(answer);
            requireTypes(export);
            return export;
        }

        JsonNode status(JsonNode export) {
            HttpResponse<byte[]> answer = client.get(path(export) + "/status");
            assertThat(answer.statusCode()).isLessThan(400);
            JsonNode status = UserClient.json(answer);
            requireTypes(status);
            assertThat(STATUSES).contains(status.path("status").textValue());
            return status;
        }

        /** Sixty times, every five seconds; shortened here. A partial export keeps it waiting until it gives up. */
        void poll(JsonNode export, String status) {
            await().pollInterval(Duration.ofMillis(50))
                    .untilAsserted(
                            () -> assertThat(status(export).path("status").textValue())
                                    .isEqualTo(status));
        }

        static String text(HttpResponse<byte[]> refusal) {
            JsonNode problem = UserClient.json(refusal);
            assertThat(problem.path("message").isTextual()).isTrue();
            assertThat(problem.has("error") && !problem.get("error").isTextual())
                    .isFalse();
            return problem.path("message").textValue();
        }

        static void requireTypes(JsonNode export) {
            for (String text : new String[] {"id", "name", "format", "status"}) {
                assertThat(export.path(text).isTextual()).as(text).isTrue();
            }
            for (String time : new String[] {"created_at", "completed_at", "expires_at"}) {
                if (export.hasNonNull(time)) {
                    OffsetDateTime.parse(export.get(time).textValue());
                }
            }
            for (JsonNode source : export.path("sources")) {
                assertThat(source.path("status").isTextual()).isTrue();
                assertThat(!source.has("message") || source.get("message").isTextual())
                        .isTrue();
                assertThat(!source.has("error") || source.get("error").isInt()).isTrue();
            }
        }
    }
}
