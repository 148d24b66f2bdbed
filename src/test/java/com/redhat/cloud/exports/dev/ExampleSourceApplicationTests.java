package com.redhat.cloud.exports.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of examples/source-application, on real servers; only the export service is a stand-in. */
class ExampleSourceApplicationTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PSK = "the-key-of-exampleApp";
    private static final String ORGANISATION = "000123";
    private static final Map<String, String> NO_FILTERS = Map.of();

    private static LocalServers servers;
    private static InternalApiStandIn service;
    private static KafkaProducer<String, String> producer;
    private static ChildProcess source;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        servers = LocalServers.start(data, Ports.free());
        service = InternalApiStandIn.start();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", servers.environment().get("KAFKA_BROKERS"));
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        source = SourceApplication.start(servers, service.uri(), PSK);
    }

    @AfterAll
    static void stop() throws Exception {
        source.close();
        producer.close();
        service.close();
        servers.close();
    }

    @Test
    void csvHasAHeaderLineAndTheRowsOfTheOrganisation() throws Exception {
        var request = answerTo(new Request("exampleResource", "csv", ORGANISATION, NO_FILTERS));

        assertThat(request.action()).isEqualTo("upload");
        assertThat(request.header("x-rh-exports-psk")).isEqualTo(PSK);
        assertThat(request.header("Content-Type")).startsWith("text/csv");
        var rows = csv(request);
        assertThat(rows).hasSize(3000);
        assertThat(rows.getFirst().toMap())
                .containsOnlyKeys(
                        "id", "display_name", "operating_system", "cpu_count", "memory_mib", "status", "last_seen");
    }

    @Test
    void jsonIsAnArrayOfTheSameRows() throws Exception {
        var request = answerTo(new Request("exampleResource", "json", ORGANISATION, NO_FILTERS));

        assertThat(request.header("Content-Type")).startsWith("application/json");
        var hosts = JSON.readTree(request.body());
        assertThat(hosts.isArray()).isTrue();
        assertThat(hosts).hasSize(3000);
        assertThat(hosts.get(0).get("cpu_count").isInt()).isTrue();
    }

    @Test
    void theOtherResourceHasOtherRows() throws Exception {
        var request = answerTo(new Request("anotherExampleResource", "csv", ORGANISATION, NO_FILTERS));

        assertThat(csv(request))
                .hasSize(800)
                .allSatisfy(row -> assertThat(row.get("product")).startsWith("Red Hat "));
    }

    @Test
    void filtersSelectRows() throws Exception {
        var filters = Map.of("status", "stale", "name", "web-prod", "startDate", "2024-06-01", "endDate", "2025-06-30");

        var rows = csv(answerTo(new Request("exampleResource", "csv", ORGANISATION, filters)));

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("status")).isEqualTo("stale");
            assertThat(row.get("display_name")).contains("web-prod");
            assertThat(row.get("last_seen")).isBetween("2024-06-01T00:00:00Z", "2025-06-30T23:59:59Z");
        });
    }

    @Test
    void anOrganisationWithoutRowsGetsAnEmptyAnswer() throws Exception {
        assertThat(answerTo(new Request("exampleResource", "csv", "other", NO_FILTERS))
                        .text())
                .isEqualToIgnoringNewLines("id,display_name,operating_system,cpu_count,memory_mib,status,last_seen");
        assertThat(answerTo(new Request("anotherExampleResource", "json", "other", NO_FILTERS))
                        .text())
                .isEqualTo("[]");
    }

    @Test
    void aFilterIsAValueAndNeverSql() throws Exception {
        var filters = Map.of("name", "x' OR '1' = '1");

        assertThat(csv(answerTo(new Request("exampleResource", "csv", ORGANISATION, filters))))
                .isEmpty();
    }

    @Test
    void anUnknownFilterIsRefusedByName() throws Exception {
        var filters = Map.of("status", "stale", "colour", "\"green\"");

        var refusal = refusal(answerTo(new Request("exampleResource", "csv", ORGANISATION, filters)));

        assertThat(refusal.get("message").asText()).contains("unknown filter: colour");
        assertThat(refusal.get("error").intValue()).isEqualTo(400);
    }

    @Test
    void aDateThatIsNoneIsRefused() throws Exception {
        var filters = Map.of("startDate", "soon");

        var refusal = refusal(answerTo(new Request("anotherExampleResource", "json", ORGANISATION, filters)));

        assertThat(refusal.get("message").asText()).contains("startDate");
        assertThat(refusal.get("error").intValue()).isEqualTo(400);
    }

    @Test
    void anUnknownResourceIsRefused() throws Exception {
        var refusal = refusal(answerTo(new Request("\"no\\such\"", "json", ORGANISATION, NO_FILTERS)));

        assertThat(refusal.get("message").asText()).contains("\"no\\such\"");
        assertThat(refusal.get("error").intValue()).isEqualTo(404);
    }

    @Test
    void recordsThatAreNoRequestsForItAreSkipped() throws Exception {
        var other = new Request("exampleResource", "json", ORGANISATION, NO_FILTERS);
        send("otherApp", other.event("otherApp"));
        send("exampleApp", other.event("otherApp"));
        send("exampleApp", "not JSON");
        send("exampleApp", "[]");
        send("exampleApp", "{}");
        send("exampleApp", "{\"data\":{\"resource_request\":7}}");
        send("exampleApp", null);
        send("exampleApp", other.event("exampleApp").replace("\"format\"", "\"filters\":[1],\"format\""));
        send(null, other.event("exampleApp"));
        send("exampleApp", other.event("exampleApp").replace(other.source().toString(), "../../elsewhere"));

        var rows = csv(answerTo(new Request("exampleResource", "csv", ORGANISATION, NO_FILTERS)));

        assertThat(rows).hasSize(3000);
        assertThat(service.requestsOf(other.source())).isEmpty();
    }

    @Test
    void aHeaderOfARecordCannotChangeTheQuery() throws Exception {
        var request = new Request("exampleResource", "csv", ORGANISATION, NO_FILTERS);
        var event = new ProducerRecord<String, String>(LocalServers.TOPIC, 0, null, request.event("exampleApp"));
        event.headers().add("application", "exampleApp".getBytes(StandardCharsets.UTF_8));
        event.headers().add("CamelSqlQuery", "SELECT 1 AS id".getBytes(StandardCharsets.UTF_8));
        event.headers().add("filters", "{\"status\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        producer.send(event).get();

        assertThat(csv(service.firstRequestOf(request.source()))).hasSize(3000);
    }

    @Test
    void anAnswerIsSentAgainWhenTheServiceFailsForAMoment() throws Exception {
        var request = new Request("anotherExampleResource", "csv", ORGANISATION, NO_FILTERS);
        service.answer(request.source(), 503, 503, 202);
        send("exampleApp", request.event("exampleApp"));

        await().until(() -> service.requestsOf(request.source()).size() == 3);

        var attempts = service.requestsOf(request.source());
        assertThat(attempts.getLast().text()).isEqualTo(attempts.getFirst().text());
        assertThat(csv(attempts.getLast())).hasSize(800);
    }

    @Test
    void dataThatIsNotAcceptedBecomesARefusal() throws Exception {
        var request = new Request("exampleResource", "csv", ORGANISATION, NO_FILTERS);
        service.answer(request.source(), 422, 202);
        send("exampleApp", request.event("exampleApp"));

        await().until(() -> service.requestsOf(request.source()).size() == 2);

        var refusal = refusal(service.requestsOf(request.source()).getLast());
        assertThat(refusal.get("error").intValue()).isEqualTo(422);
    }

    @Test
    void aSourceThatIsSettledAlreadyIsLeftAlone() throws Exception {
        var settled = new Request("exampleResource", "csv", ORGANISATION, NO_FILTERS);
        service.answer(settled.source(), 410);
        answerTo(settled);

        answerTo(new Request("exampleResource", "csv", ORGANISATION, NO_FILTERS));

        assertThat(service.requestsOf(settled.source())).hasSize(1);
    }

    @Test
    void whatWasAskedWhileItWasAwayIsAnsweredAndTheRestIsNotRepeated() throws Exception {
        var before = new Request("exampleResource", "json", ORGANISATION, NO_FILTERS);
        answerTo(before);
        source.close();
        var meanwhile = new Request("exampleResource", "json", ORGANISATION, NO_FILTERS);
        send("exampleApp", meanwhile.event("exampleApp"));

        source = SourceApplication.start(servers, service.uri(), PSK);

        assertThat(service.firstRequestOf(meanwhile.source()).action()).isEqualTo("upload");
        assertThat(service.requestsOf(before.source())).hasSize(1);
    }

    private static InternalApiStandIn.Request answerTo(Request request) throws Exception {
        send("exampleApp", request.event("exampleApp"));
        var answer = service.firstRequestOf(request.source());
        assertThat(answer.path())
                .isEqualTo("/app/export/v1/%s/exampleApp/%s/%s", request.export(), request.source(), answer.action());
        return answer;
    }

    /** All in one partition, so that a record which blocks it shows. */
    private static void send(@Nullable String application, @Nullable String event) throws Exception {
        var message = new ProducerRecord<String, String>(LocalServers.TOPIC, 0, null, event);
        if (application != null) {
            message.headers().add("application", application.getBytes(StandardCharsets.UTF_8));
        }
        message.headers().add("x-rh-identity", "e30=".getBytes(StandardCharsets.UTF_8));
        producer.send(message).get();
    }

    private static List<CSVRecord> csv(InternalApiStandIn.Request request) throws IOException {
        assertThat(request.action()).isEqualTo("upload");
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        return format.parse(new StringReader(request.text())).getRecords();
    }

    private static JsonNode refusal(InternalApiStandIn.Request request) throws IOException {
        assertThat(request.action()).isEqualTo("error");
        assertThat(request.header("x-rh-exports-psk")).isEqualTo(PSK);
        return JSON.readTree(request.body());
    }

    private record Request(
            UUID export,
            UUID source,
            String resource,
            String format,
            String organisation,
            Map<String, String> filters) {

        Request(String resource, String format, String organisation, Map<String, String> filters) {
            this(UUID.randomUUID(), UUID.randomUUID(), resource, format, organisation, filters);
        }

        /** The contract, section 6. */
        String event(String application) throws IOException {
            var request = JSON.createObjectNode()
                    .put("application", application)
                    .put("export_request_uuid", export.toString())
                    .put("format", format)
                    .put("resource", resource)
                    .put("uuid", source.toString())
                    .put("x-rh-identity", "e30=");
            if (!filters.isEmpty()) {
                request.set("filters", JSON.valueToTree(filters));
            }
            var event = JSON.createObjectNode()
                    .put("id", UUID.randomUUID().toString())
                    .put("$schema", "https://console.redhat.com/api/schemas/events/v1/events.json")
                    .put("source", "urn:redhat:source:console:app:export-service")
                    .put("subject", "urn:redhat:subject:export-service:request:" + export)
                    .put("specversion", "1.0")
                    .put("type", "com.redhat.console.export-service.request")
                    .put("time", "2023-01-01T00:00:00Z")
                    .put("redhatorgid", organisation)
                    .put(
                            "dataschema",
                            "https://console.redhat.com/api/schemas/apps/export-service/v1/resource-request.json");
            event.putObject("data").set("resource_request", request);
            return JSON.writeValueAsString(event);
        }
    }
}
