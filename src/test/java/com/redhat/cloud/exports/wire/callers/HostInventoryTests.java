package com.redhat.cloud.exports.wire.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * RedHatInsights/insights-host-inventory, {@code app/queue/export_service.py}: Python's requests, a generator as the
 * body, so that every piece it yields is a chunk of its own.
 */
@ServiceTest
class HostInventoryTests {

    private static final String APPLICATION = "urn:redhat:application:inventory";
    private static final int HOSTS = 2000;

    @Autowired
    Api api;

    @Test
    void aJsonExportInThousandsOfSmallChunksArrivesWhole() throws IOException {
        Api.Export export = ask("json", "{}");
        List<String> pieces = new ArrayList<>(List.of("["));
        for (int i = 0; i < HOSTS; i++) {
            if (i > 0) {
                pieces.add(",");
            }
            pieces.add("""
                    {"display_name": "host-%d.example.com", "group_id": null, "tags": [{"key": "prod", "value": null}]}""".formatted(i));
        }
        pieces.add("]");
        try (Inventory inventory = new Inventory(read(SourceRequest.event(export)))) {
            assertThat(accepted(inventory.upload(pieces))).isEqualTo("payload delivered");
        }
        assertDelivered(export, "json", String.join("", pieces));
    }

    @Test
    void aCsvExportWithAChunkForEachRowArrivesWhole() throws IOException {
        Api.Export export = ask("csv", "null");
        List<String> pieces = new ArrayList<>(List.of("\"display_name\",\"os_release\",\"tags\"\r\n"));
        for (int i = 0; i < HOSTS; i++) {
            pieces.add("\"host \"\"%d\"\", Zürich\",\"\",\"NS1/key:val;Sat/prod:None\"\r\n".formatted(i));
        }
        try (Inventory inventory = new Inventory(read(SourceRequest.event(export)))) {
            assertThat(accepted(inventory.upload(pieces))).isEqualTo("payload delivered");
        }
        assertDelivered(export, "csv", String.join("", pieces));
    }

    @Test
    void anErrorReportedAsJsonUnderTheContentTypeOfCsvIsAccepted() throws IOException {
        Api.Export export = ask("csv", "{\"a\":1}");
        try (Inventory inventory = new Inventory(read(SourceRequest.event(export)))) {
            assertThat(accepted(inventory.report("No data found for org_id: 1", 404)))
                    .isEmpty();
        }
        api.status(export)
                .then()
                .body("status", equalTo("failed"))
                .body("sources[0].message", equalTo("No data found for org_id: 1"))
                .body("sources[0].error", equalTo(404));
    }

    @Test
    void anEventThatComesTwiceIsNoErrorWhileTheHostsAreTheSame() throws IOException {
        Api.Export export = ask("json", "{}");
        JsonNode request = read(SourceRequest.event(export));
        for (int time = 0; time < 2; time++) {
            try (Inventory inventory = new Inventory(request)) {
                assertThat(accepted(inventory.upload(List.of("[", "{\"fqdn\": \"a\"}", "]"))))
                        .isEqualTo("payload delivered");
            }
        }
        assertDelivered(export, "json", "[{\"fqdn\": \"a\"}]");
    }

    @Test
    void anEventThatComesTwiceDoesNoHarmWhenTheHostsHaveChanged() throws IOException {
        Api.Export export = ask("json", "{}");
        JsonNode request = read(SourceRequest.event(export));
        try (Inventory inventory = new Inventory(request)) {
            inventory.upload(List.of("[", "{\"fqdn\": \"a\"}", "]"));
        }
        // It reports the refusal as its own error, on the same connection, and only logs the second refusal.
        try (Inventory inventory = new Inventory(request)) {
            Reply refusal = inventory.upload(List.of("[", "{\"fqdn\": \"b\"}", "]"));
            assertThat(refusal.status()).isEqualTo(410);
            Reply second = inventory.report("the text of the refusal", 500);
            assertThat(second.status()).isEqualTo(410);
            assertThat(second.body()).contains("already been processed");
        }
        assertDelivered(export, "json", "[{\"fqdn\": \"a\"}]");
    }

    @Test
    void eventsOfOtherApplicationsPassItsSchemaToo() throws IOException {
        for (String filters : List.of("null", "{}", "{\"a\":{\"b\":[null]}}")) {
            Api.Export export =
                    api.create(Api.someone(), SourceRequest.body("json", Api.APPLICATION, Api.RESOURCE, filters));
            assertThat(read(SourceRequest.event(export)).path("application").textValue())
                    .isEqualTo(Api.APPLICATION);
        }
    }

    private Api.Export ask(String format, String filters) {
        return api.create(
                Api.someone(), SourceRequest.body(format, APPLICATION, APPLICATION + ":export:systems", filters));
    }

    private void assertDelivered(Api.Export export, String format, String content) {
        api.status(export).then().body("status", equalTo("complete")).body("sources[0].message", nullValue());
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.text(export.sources().getFirst() + "." + format)).isEqualTo(content);
    }

    /**
     * Its marshmallow schema: a surplus key, a missing one or null where a dictionary is expected makes it refuse the
     * event, whichever application it is for.
     */
    private static JsonNode read(String event) throws IOException {
        JsonNode root = new JsonMapper().readTree(event);
        requireKeys(
                root,
                Set.of(
                        "id",
                        "$schema",
                        "source",
                        "subject",
                        "specversion",
                        "type",
                        "time",
                        "redhatorgid",
                        "dataschema",
                        "data"),
                Set.of("$schema"));
        UUID.fromString(root.get("id").textValue());
        OffsetDateTime.parse(root.get("time").textValue());
        assertThat(root.get("source").textValue()).isEqualTo("urn:redhat:source:console:app:export-service");
        requireKeys(root.get("data"), Set.of("resource_request"), Set.of());
        JsonNode request = root.get("data").get("resource_request");
        requireKeys(
                request,
                Set.of("application", "export_request_uuid", "filters", "format", "resource", "uuid", "x-rh-identity"),
                Set.of("filters"));
        assertThat(request.has("filters") && !request.get("filters").isObject()).isFalse();
        return request;
    }

    private static void requireKeys(JsonNode object, Set<String> known, Set<String> optional) {
        List<String> present = new ArrayList<>();
        object.fieldNames().forEachRemaining(present::add);
        assertThat(known).containsAll(present);
        assertThat(known).allMatch(key -> optional.contains(key) || object.hasNonNull(key));
    }

    /** What it regards as success: 202, or a 400 that says that the source has a result. */
    private static String accepted(Reply reply) {
        if (reply.status() != 202) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).containsIgnoringCase("already been processed");
        }
        return reply.body();
    }

    /** The session of one event: a connection that is kept alive. */
    private final class Inventory implements AutoCloseable {

        private final JsonNode request;
        private final RawConnection session;

        Inventory(JsonNode request) throws IOException {
            this.request = request;
            this.session = new RawConnection(api.internalPort);
        }

        Reply upload(List<String> pieces) throws IOException {
            head("upload", "Transfer-Encoding: chunked\r\n");
            for (String piece : pieces) {
                session.sendChunk(piece);
            }
            session.send("0\r\n\r\n");
            return Reply.from(session);
        }

        Reply report(String message, int code) throws IOException {
            String body = "{\"message\": \"%s\", \"error\": %d}".formatted(message, code);
            head("error", "Content-Length: %d\r\n".formatted(body.length()));
            session.send(body);
            return Reply.from(session);
        }

        private void head(String what, String framing) throws IOException {
            String path = "/app/export/v1/%s/%s/%s/%s"
                    .formatted(
                            request.get("export_request_uuid").textValue(),
                            request.get("application").textValue(),
                            request.get("uuid").textValue(),
                            what);
            String type = request.get("format").textValue().equals("json") ? "application/json" : "text/csv";
            session.post(
                    path,
                    "User-Agent: python-requests/2.32.5\r\nAccept-Encoding: gzip, deflate\r\nAccept: */*\r\n"
                            + "Connection: keep-alive\r\ncontent-type: %s; charset=utf-8\r\n%s"
                                    .formatted(type, framing));
        }

        @Override
        public void close() throws IOException {
            session.close();
        }
    }
}
