package com.redhat.cloud.exports.wire.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.event.apps.exportservice.v1.ResourceRequest;
import com.redhat.cloud.event.apps.exportservice.v1.ResourceRequestClass;
import com.redhat.cloud.event.parser.ConsoleCloudEventParser;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * RedHatInsights/rhsm-subscriptions, {@code swatch-common-export} and {@code clients/export-client}: two services with
 * one application name, each of which answers for its resource. What they send comes from a file, through a client that
 * was generated from an OpenAPI of their own: octets, and no media type to accept.
 */
@ServiceTest
class SubscriptionsTests {

    private static final String APPLICATION = "subscriptions";

    /** Characters in a chunk: the block that their HTTP client writes. */
    private static final int CHUNK = 2048;

    @Autowired
    Api api;

    @Test
    void anObjectOfManyRecordsArrivesUnderOctetStream() throws Exception {
        Api.Export export = ask("json", "instances");
        String content = IntStream.range(0, 3000)
                .mapToObj(i -> "{\"display_name\":\"host %d\",\"measurements\":[{\"value\":%d.5}]}".formatted(i, i))
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));

        assertThat(upload(only(export), content)).isTrue();

        api.status(export).then().body("status", equalTo("complete"));
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                .isEqualTo(content);
    }

    @Test
    void bothServicesAnswerForTheirOwnSourceOfOneExport() throws Exception {
        Api.Export export = api.create(Api.someone(), """
                {"format":"csv","sources":[{"application":"subscriptions","resource":"instances"},
                 {"application":"subscriptions","resource":"subscriptions","filters":{"product_id":"RHEL for x86"}}]}""");
        Map<String, ResourceRequestClass> requests = requests(export).stream()
                .collect(Collectors.toMap(ResourceRequestClass::getResource, request -> request));
        assertThat(requests.get("subscriptions").getFilters()).containsEntry("product_id", "RHEL for x86");

        assertThat(upload(requests.get("instances"), "display_name,sockets\n\"a, b\",2\n"))
                .isTrue();
        assertThat(report(requests.get("subscriptions"), 403, "Insufficient permission"))
                .isEqualTo(202);

        api.status(export)
                .then()
                .body("status", equalTo("partial"))
                .body("sources.message", hasItem("Insufficient permission"))
                .body("sources.error", hasItem(403));
    }

    @Test
    void anUploadThatFailsIsReportedAsAnErrorAndEndsTheSource() throws Exception {
        Api.Export export = ask("json", "instances");
        ResourceRequestClass request = only(export);

        assertThat(upload(request, "{\"data\":[")).isFalse();
        assertThat(report(request, 500, "Error sending upload request with message: HTTP 422"))
                .isEqualTo(202);

        api.status(export).then().body("status", equalTo("failed")).body("sources[0].error", equalTo(500));
    }

    @Test
    void anEventThatComesTwiceDoesNoHarmThoughItsSecondUploadIsReportedAsAnError() throws Exception {
        Api.Export export = ask("json", "instances");
        ResourceRequestClass request = only(export);
        assertThat(upload(request, "{\"data\":[1]}")).isTrue();

        assertThat(upload(request, "{\"data\":[1,2]}")).isFalse();
        assertThat(report(request, 500, "Error sending upload request with message: HTTP 410"))
                .isEqualTo(410);

        api.status(export).then().body("status", equalTo("complete"));
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                .isEqualTo("{\"data\":[1]}");
    }

    private Api.Export ask(String format, String resource) {
        return api.create(
                Api.someone(), SourceRequest.body(format, APPLICATION, resource, "{\"product_id\":\"RHEL\"}"));
    }

    private static ResourceRequestClass only(Api.Export export) {
        return requests(export).getFirst();
    }

    private static List<ResourceRequestClass> requests(Api.Export export) {
        ConsoleCloudEventParser parser = new ConsoleCloudEventParser(new ObjectMapper().findAndRegisterModules());
        try (RequestTopic topic = new RequestTopic()) {
            return topic.of(export.sources()).stream()
                    .map(ConsumerRecord::value)
                    .map(parser::fromJsonString)
                    .map(event ->
                            event.getData(ResourceRequest.class).orElseThrow().getResourceRequest())
                    .toList();
        }
    }

    /** @return whether the generated client regards it as a success: any 2xx */
    private boolean upload(ResourceRequestClass request, String content) throws IOException {
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(
                    path(request, "upload"),
                    "Accept: \r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n");
            for (int start = 0; start < content.length(); start += CHUNK) {
                connection.sendChunk(content.substring(start, Math.min(start + CHUNK, content.length())));
            }
            connection.send("0\r\n\r\n");
            return Reply.from(connection).status() / 100 == 2;
        }
    }

    /** @return the status of the answer */
    private int report(ResourceRequestClass request, int code, String message) throws IOException {
        String body = "{\"message\":\"%s\",\"error\":%d}".formatted(message, code);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection
                    .post(
                            path(request, "error"),
                            "Accept: \r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                                    .formatted(body.length()))
                    .send(body);
            return Reply.from(connection).status();
        }
    }

    private static String path(ResourceRequestClass request, String what) {
        return "/app/export/v1/%s/%s/%s/%s"
                .formatted(request.getExportRequestUUID(), request.getApplication(), request.getUUID(), what);
    }
}
