package com.redhat.cloud.exports.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.event.parser.ConsoleCloudEventParser;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contract section 6: what consumers of the topic get. */
@ServiceTest
class RequestEventTests {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Test
    void eachSourceHasOneRecordWithoutKeyAndWithTwoHeaders() {
        String identity = Api.identity("org-" + UUID.randomUUID(), "Zoë \\\"the\\\" user");
        Api.Export export = api.create(identity, Api.request("csv", """
                {"application":"exampleApp","resource":"exampleResource"},
                {"application":"exampleApp","resource":"anotherExampleResource"},
                {"application":"urn:redhat:application:inventory","resource":"urn:redhat:application:inventory:export:systems"}"""));
        List<ConsumerRecord<String, String>> records = records(export);
        assertThat(records).hasSize(3).allSatisfy(item -> {
            assertThat(item.key()).isNull();
            assertThat(headers(item))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "application",
                            json(item).at("/data/resource_request/application").asText(),
                            "x-rh-identity",
                            identity));
        });
        assertThat(records)
                .extracting(item -> json(item).at("/data/resource_request/uuid").asText())
                .containsExactlyInAnyOrderElementsOf(export.sources());
        assertThat(records).extracting(item -> json(item).path("id").asText()).doesNotHaveDuplicates();
    }

    @Test
    void filtersAreSentOnAsTheyCame() {
        String filters = "{\"z\":1e2,\"a\":1.50,\"a\":-0}";
        Api.Export export = api.create(Api.someone(), requestWith(filters));
        assertThat(records(export).getFirst().value()).contains("\"filters\":" + filters + ",");
    }

    @Test
    void theEventHasTheContractsKeysAndNoOthers() throws JsonProcessingException {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String identity = Api.identity("org-7", "someone");
        String filters = "{\"a\":1,\"b\":{\"c\":[1.50,null,\"ü\"]},\"big\":12345678901234567890}";
        Api.Export export = api.create(identity, requestWith(filters));
        JsonNode event = json(records(export).getFirst());
        assertThat(event.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "id",
                        "$schema",
                        "source",
                        "subject",
                        "specversion",
                        "type",
                        "time",
                        "redhatorgid",
                        "dataschema",
                        "data");
        assertThat(UUID.fromString(event.path("id").asText()))
                .hasToString(event.path("id").asText());
        assertThat(event.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(Instant.parse(event.path("time").asText())).isBetween(before, Instant.now());
        assertThat(event.path("data")).isEqualTo(JSON.readTree("""
                {"resource_request":{"application":"exampleApp","export_request_uuid":"%s","filters":%s,"format":"json",
                 "resource":"exampleResource","uuid":"%s","x-rh-identity":"%s"}}""".formatted(
                        export.id(), filters, export.sources().getFirst(), identity)));
        assertThat(event.path("$schema").asText())
                .isEqualTo("https://console.redhat.com/api/schemas/events/v1/events.json");
        assertThat(event.path("source").asText()).isEqualTo("urn:redhat:source:console:app:export-service");
        assertThat(event.path("subject").asText())
                .isEqualTo("urn:redhat:subject:export-service:request:" + export.id());
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("com.redhat.console.export-service.request");
        assertThat(event.path("redhatorgid").asText()).isEqualTo("org-7");
        assertThat(event.path("dataschema").asText())
                .isEqualTo("https://console.redhat.com/api/schemas/apps/export-service/v1/resource-request.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}"})
    void emptyFiltersAreLeftOut(String filters) {
        Api.Export export = api.create(Api.someone(), requestWith(filters));
        assertThat(json(records(export).getFirst()).at("/data/resource_request").has("filters"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"startDate\":\"2022-01-01\",\"ids\":[1,2]}"})
    void thePlatformsParserAcceptsEveryEvent(String filters) {
        Api.Export export = api.create(Api.someone(), requestWith(filters));
        ConsoleCloudEventParser parser = new ConsoleCloudEventParser();
        assertThat(records(export))
                .singleElement()
                .satisfies(
                        item -> assertThat(parser.fromJsonString(item.value()).getSubject())
                                .endsWith(export.id()));
    }

    @Test
    void aRefusedRequestAnnouncesNothing() {
        String identity = Api.someone();
        api.post(
                        identity,
                        "{\"format\":\"xml\",\"sources\":[{\"application\":\"exampleApp\",\"resource\":\"exampleResource\"}]}")
                .then()
                .statusCode(400);
        assertThat(database.sql("select count(*) from outbox where identity = ?")
                        .param(identity)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private static List<ConsumerRecord<String, String>> records(Api.Export export) {
        try (RequestTopic topic = new RequestTopic()) {
            return topic.of(export.sources());
        }
    }

    private static String requestWith(String filters) {
        return Api.request(
                "json",
                "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":%s}".formatted(filters));
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> item) {
        return StreamSupport.stream(item.headers().spliterator(), false)
                .collect(Collectors.toMap(Header::key, header -> new String(header.value(), UTF_8)));
    }

    private static JsonNode json(ConsumerRecord<String, String> item) {
        try {
            return JSON.readTree(item.value());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
