package com.redhat.cloud.exports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.event.parser.ConsoleCloudEventParser;
import com.redhat.cloud.exports.dev.LocalServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contract, section 6. */
@ServiceTest
class RequestEventTests {

    private static final JsonMapper JSON = new JsonMapper();

    private Topic topic;

    @BeforeEach
    void read() {
        topic = new Topic(LocalServers.TOPIC);
    }

    @AfterEach
    void stop() {
        topic.close();
    }

    @Test
    void oneRecordASourceWithExactlyTheKeysOfTheContract(@Autowired Api api) throws Exception {
        String identity = Api.identity("org-of-event", "someone");
        Api.Export export = api.create(identity, Api.request("csv", """
                {"application":"exampleApp","resource":"exampleResource","filters":{"a":1,"b":{"c":[true,null,1.50]}}},
                {"application":"exampleApp","resource":"anotherExampleResource"}"""));

        List<ConsumerRecord<String, String>> records = topic.await(export, 2);

        assertThat(records).hasSize(2);
        for (ConsumerRecord<String, String> record : records) {
            assertThat(record.key()).isNull();
            Map<String, String> headers = new LinkedHashMap<>();
            record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
            assertThat(headers)
                    .containsExactlyInAnyOrderEntriesOf(Map.of("application", "exampleApp", "x-rh-identity", identity));
        }
        JsonNode first = request(records, export.sources().get(0));
        JsonNode second = request(records, export.sources().get(1));
        assertThat(keys(first))
                .containsExactlyInAnyOrder(
                        "application", "export_request_uuid", "filters", "format", "resource", "uuid", "x-rh-identity");
        assertThat(keys(second))
                .containsExactlyInAnyOrder(
                        "application", "export_request_uuid", "format", "resource", "uuid", "x-rh-identity");
        assertThat(first.get("filters")).isEqualTo(JSON.readTree("{\"a\":1,\"b\":{\"c\":[true,null,1.50]}}"));
        assertThat(first.get("application").textValue()).isEqualTo("exampleApp");
        assertThat(first.get("export_request_uuid").textValue()).isEqualTo(export.id());
        assertThat(first.get("format").textValue()).isEqualTo("csv");
        assertThat(first.get("resource").textValue()).isEqualTo("exampleResource");
        assertThat(first.get("x-rh-identity").textValue()).isEqualTo(identity);
    }

    @Test
    void theEnvelopeIsAsConsumersReadIt(@Autowired Api api) throws Exception {
        Api.Export export = api.create(Api.identity("org-of-envelope", "someone"), Api.request("json", 1));

        JsonNode event = JSON.readTree(topic.await(export, 1).getFirst().value());

        assertThat(keys(event))
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
        assertThat(keys(event.get("data"))).containsExactly("resource_request");
        assertThat(event.get("$schema").textValue())
                .isEqualTo("https://console.redhat.com/api/schemas/events/v1/events.json");
        assertThat(event.get("source").textValue()).isEqualTo("urn:redhat:source:console:app:export-service");
        assertThat(event.get("subject").textValue())
                .isEqualTo("urn:redhat:subject:export-service:request:" + export.id());
        assertThat(event.get("specversion").textValue()).isEqualTo("1.0");
        assertThat(event.get("type").textValue()).isEqualTo("com.redhat.console.export-service.request");
        assertThat(event.get("redhatorgid").textValue()).isEqualTo("org-of-envelope");
        assertThat(event.get("dataschema").textValue())
                .isEqualTo("https://console.redhat.com/api/schemas/apps/export-service/v1/resource-request.json");
        assertThat(event.get("time").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(Instant.parse(event.get("time").textValue())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void thePlatformsOwnParserAcceptsEveryEvent(@Autowired Api api) {
        var parser = new ConsoleCloudEventParser();
        for (String filters :
                List.of("null", "{}", "{\"startDate\":\"2022-01-01\"}", "{\"x\":[1,2,{\"y\":\"\\u00e4\"}]}")) {
            Api.Export export = api.create(Api.someone(), Api.request("json", """
                            {"application":"exampleApp","resource":"exampleResource","filters":%s}""".formatted(filters)));
            String event = topic.await(export, 1).getFirst().value();
            assertThatCode(() -> parser.fromJsonString(event)).as(event).doesNotThrowAnyException();
        }
    }

    @Test
    void emptyFiltersAreLeftOut(@Autowired Api api) throws Exception {
        Api.Export export = api.create(Api.someone(), Api.request("json", """
                {"application":"exampleApp","resource":"exampleResource","filters":{}}"""));

        assertThat(keys(request(topic.await(export, 1), export.sources().getFirst())))
                .doesNotContain("filters");
    }

    @Test
    void everyEventComesOnceAndTheOutboxIsEmptyAfterwards(@Autowired Api api, @Autowired JdbcClient database) {
        List<Api.Export> exports = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            exports.add(api.create("json", 5));
        }

        for (Api.Export export : exports) {
            List<String> sources = topic.await(export, 5).stream()
                    .map(record -> uuid(record.value()))
                    .toList();
            assertThat(sources).containsExactlyInAnyOrderElementsOf(export.sources());
        }
        await().untilAsserted(() -> assertThat(
                        database.sql("select count(*) from outbox where source_id = any(?::uuid[])")
                                .param(exports.stream()
                                        .flatMap(export -> export.sources().stream())
                                        .toArray(String[]::new))
                                .query(Integer.class)
                                .single())
                .isZero());
    }

    @Test
    void aRequestThatKafkaDoesNotTakeFailsItsSourceAndBlocksNobody(@Autowired Api api) {
        // Kafka's limit is 1 MiB, as is ours for the body; the event has the identity too, and so has its header.
        String large = "x".repeat(1_040_000);
        String identity = Api.base64("""
                {"identity":{"org_id":"org-of-large","type":"User","user":{"username":"u","note":"%s"}}}""".formatted("n".repeat(10_000)));
        Api.Export tooLarge = api.create(identity, Api.request("json", """
                {"application":"exampleApp","resource":"exampleResource","filters":{"x":"%s"}},
                {"application":"exampleApp","resource":"anotherExampleResource"}""".formatted(large)));
        Api.Export next = api.create("json", 1);

        assertThat(topic.await(next, 1)).hasSize(1);
        await().untilAsserted(() -> api.status(tooLarge)
                .then()
                .body("sources[0].status", equalTo("failed"))
                .body("sources[0].message", containsString("could not be sent"))
                .body("sources[1].status", equalTo("pending"))
                .body("status", equalTo("running")));
        assertThat(topic.await(tooLarge, 1)).hasSize(1);
    }

    private static JsonNode request(List<ConsumerRecord<String, String>> records, String source) throws Exception {
        for (ConsumerRecord<String, String> record : records) {
            JsonNode request = JSON.readTree(record.value()).at("/data/resource_request");
            if (request.path("uuid").asText().equals(source)) {
                return request;
            }
        }
        throw new AssertionError("no record for source " + source);
    }

    private static String uuid(String event) {
        return event.replaceFirst(".*\"resource\":\"[^\"]*\",\"uuid\":\"([^\"]*)\".*", "$1");
    }

    private static List<String> keys(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
