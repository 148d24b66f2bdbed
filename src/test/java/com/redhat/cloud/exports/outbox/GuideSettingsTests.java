package com.redhat.cloud.exports.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * Settings that no other test has: the guide's shape of the event (contract sections 6 and 9), no key at all (section 5),
 * a life of thirty days, a limit on the rate of requests.
 */
@ServiceTest
@TestPropertySource(
        properties = {
            "EXPORT_EVENT_SHAPE=guide",
            "EXPORTS_PSKS=",
            "EXPORT_EXPIRY_DAYS=30",
            "RATE_LIMIT_RATE=1",
            "RATE_LIMIT_BURST=4"
        })
class GuideSettingsTests {

    @Autowired
    Api api;

    @Test
    void theEventIsFlat() throws JsonProcessingException {
        String identity = Api.someone();
        Api.Export export = api.create(identity, Api.request("csv", """
                {"application":"exampleApp","resource":"exampleResource","filters":{"a":1}},
                {"application":"exampleApp","resource":"exampleResource","filters":null}"""));
        for (int source = 0; source < 2; source++) {
            JsonNode event = new JsonMapper().readTree(record(export, source).value());
            assertThat(event.path("dataschema").asText())
                    .isEqualTo("https://console.redhat.com/api/schemas/apps/export-service/v1/export-request.json");
            assertThat(event.path("subject").asText())
                    .isEqualTo("urn:redhat:subject:export-service:request:" + export.id());
            assertThat(event.path("data")).isEqualTo(new JsonMapper().readTree("""
                    {"uuid":"%s","application":"exampleApp","format":"csv","resource":"exampleResource",%s
                     "x-rh-identity":"%s"}""".formatted(
                    export.sources().get(source), source == 0 ? "\"filters\":{\"a\":1}," : "", identity)));
        }
    }

    @Test
    void withoutKeysEveryCallerIsRefused() {
        Api.Export export = api.create("json", 1);
        for (String key : new String[] {"test-key", "", "null"}) {
            api.anyone(api.internalPort)
                    .header("x-rh-exports-psk", key)
                    .body("1")
                    .post(export.uploadPath(0))
                    .then()
                    .statusCode(401)
                    .body("message", equalTo("invalid x-rh-exports-psk header"));
            api.anyone(api.internalPort)
                    .header("x-rh-exports-psk", key)
                    .get(Api.INTERNAL + "ping")
                    .then()
                    .statusCode(401);
        }
        api.status(export).then().body("status", equalTo("pending"));
    }

    @Test
    void anExportLivesForTheConfiguredDays() {
        Response response = api.post(Api.someone(), Api.request("json", 1));
        OffsetDateTime created = OffsetDateTime.parse(response.path("created_at"));
        assertThat(OffsetDateTime.parse(response.path("expires_at")))
                .isCloseTo(created.plus(Duration.ofDays(30)), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void onlyTheOrganisationThatFloodsIsRefused() {
        String flooding = Api.someone();
        List<Response> answers = IntStream.range(0, 40)
                .mapToObj(i -> api.list(flooding, ""))
                .filter(response -> response.statusCode() != 200)
                .toList();
        assertThat(answers)
                .isNotEmpty()
                .allSatisfy(response -> response.then()
                        .statusCode(429)
                        .contentType("application/json")
                        .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                        .body("code", equalTo(429)));
        api.list(Api.someone(), "").then().statusCode(200);
    }

    private static ConsumerRecord<String, String> record(Api.Export export, int source) {
        try (RequestTopic topic = new RequestTopic()) {
            return topic.of(List.of(export.sources().get(source))).getFirst();
        }
    }
}
