package com.redhat.cloud.exports.wire.callers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.event.apps.exportservice.v1.ResourceRequest;
import com.redhat.cloud.event.apps.exportservice.v1.ResourceRequestClass;
import com.redhat.cloud.event.parser.ConsoleCloudEvent;
import com.redhat.cloud.event.parser.ConsoleCloudEventParser;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * RedHatInsights/notifications-backend, {@code engine/…/exports}: decodes events by the platform's own parser, encodes
 * the application of an upload once itself and once more by its client, and repeats whatever is answered with 400 or
 * above.
 */
@ServiceTest
class NotificationsTests {

    private static final String APPLICATION = "urn:redhat:application:notifications";

    /** The first, and three more. */
    private static final int ATTEMPTS = 4;

    @Autowired
    Api api;

    @ParameterizedTest
    @CsvSource({
        "json, application/json, '[{\"a\":\"é\"}]'",
        "csv, text/csv, 'uuid,bundle\n1,\"a, b\"\n'",
        "csv, text/csv, 'uuid,bundle\n'"
    })
    void anUploadUnderADoublyEncodedApplicationArrives(String format, String contentType, String content)
            throws Exception {
        Api.Export export = ask(format, "null");
        ResourceRequestClass request = read(export);
        assertThat(request.getFormat().toValue()).isEqualTo(format);

        List<HttpResponse<String>> answers = upload(request, contentType, content);

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(202);
        api.status(export).then().body("status", equalTo("complete"));
        assertThat(Archive.of(api.download(export)).text(request.getUUID() + "." + format))
                .isEqualTo(content);
    }

    @Test
    void anErrorUnderThePlainApplicationIsAccepted() throws Exception {
        Api.Export export = ask("json", "{\"from\":\"2020-01-01\"}");
        ResourceRequestClass request = read(export);
        assertThat(request.getFilters()).containsEntry("from", "2020-01-01");

        String text = "invalid 'from' filter date specified: the specified date is older than a month";
        List<HttpResponse<String>> answers = report(request, 400, text);

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(202);
        api.status(export)
                .then()
                .body("status", equalTo("failed"))
                .body("sources[0].message", equalTo(text))
                .body("sources[0].error", equalTo(400));
    }

    @Test
    void anUploadThatIsRefusedEachTimeLeavesTheSourceToAGoodOne() throws Exception {
        Api.Export export = ask("json", "null");
        ResourceRequestClass request = read(export);

        assertThat(upload(request, "application/json", "[{]"))
                .hasSize(ATTEMPTS)
                .extracting(HttpResponse::statusCode)
                .containsOnly(422);
        api.status(export).then().body("status", equalTo("pending"));

        assertThat(upload(request, "application/json", "[]"))
                .extracting(HttpResponse::statusCode)
                .containsExactly(202);
    }

    @Test
    void anUploadWhoseAnswerWasLostSucceedsWhenItIsRepeated() throws Exception {
        Api.Export export = ask("json", "null");
        ResourceRequestClass request = read(export);
        try (RawConnection lost = new RawConnection(api.internalPort)) {
            lost.post(path(request, doublyEncoded(), "upload"), "Content-Length: 2\r\n")
                    .send("[]");
        }
        await().untilAsserted(() -> api.status(export).then().body("status", equalTo("complete")));

        assertThat(upload(request, "application/json", "[]"))
                .extracting(HttpResponse::statusCode)
                .containsExactly(202);
        api.status(export).then().body("status", equalTo("complete"));
    }

    @Test
    void anEventThatComesTwiceDoesNoHarmWhenThereAreNewNotifications() throws Exception {
        Api.Export export = ask("csv", "null");
        ResourceRequestClass request = read(export);
        upload(request, "text/csv", "a\n");

        assertThat(upload(request, "text/csv", "a\nb\n"))
                .hasSize(ATTEMPTS)
                .extracting(HttpResponse::statusCode)
                .containsOnly(410);

        api.status(export).then().body("status", equalTo("complete"));
        assertThat(Archive.of(api.download(export)).text(request.getUUID() + ".csv"))
                .isEqualTo("a\n");
    }

    private Api.Export ask(String format, String filters) {
        return api.create(
                Api.someone(), SourceRequest.body(format, APPLICATION, APPLICATION + ":export:events", filters));
    }

    private static ResourceRequestClass read(Api.Export export) throws Exception {
        ConsoleCloudEvent event = new ConsoleCloudEventParser().fromJsonString(SourceRequest.event(export));
        assertThat(event.getSource()).isEqualTo("urn:redhat:source:console:app:export-service");
        assertThat(event.getType()).isEqualTo("com.redhat.console.export-service.request");
        assertThat(event.getOrgId()).startsWith("org-");
        ResourceRequestClass request =
                event.getData(ResourceRequest.class).orElseThrow().getResourceRequest();
        assertThat(request.getApplication()).isEqualTo(APPLICATION);
        assertThat(request.getResource()).isEqualTo(APPLICATION + ":export:events");
        assertThat(request.getExportRequestUUID()).hasToString(export.id());
        return request;
    }

    private List<HttpResponse<String>> upload(ResourceRequestClass request, String contentType, String content)
            throws IOException, InterruptedException {
        return send(path(request, doublyEncoded(), "upload"), contentType, content);
    }

    private List<HttpResponse<String>> report(ResourceRequestClass request, int code, String message)
            throws IOException, InterruptedException {
        String body = "{\"error\":%d,\"message\":\"%s\"}".formatted(code, message);
        return send(path(request, APPLICATION, "error"), "application/json", body);
    }

    private static String path(ResourceRequestClass request, String application, String what) {
        return "/app/export/v1/%s/%s/%s/%s"
                .formatted(request.getExportRequestUUID(), application, request.getUUID(), what);
    }

    private static String doublyEncoded() {
        String twice = URLEncoder.encode(URLEncoder.encode(APPLICATION, UTF_8), UTF_8);
        assertThat(twice).startsWith("urn%253Aredhat");
        return twice;
    }

    /** Returns the answers to all attempts. The caller waits up to 200 ms between them; this does not. */
    private List<HttpResponse<String>> send(String path, String contentType, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + api.internalPort + path))
                .header("Content-Type", contentType)
                .header("x-rh-exports-psk", Api.KEY)
                .POST(BodyPublishers.ofString(body))
                .build();
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            do {
                answers.add(client.send(request, BodyHandlers.ofString()));
            } while (answers.getLast().statusCode() >= 400 && answers.size() < ATTEMPTS);
        }
        return answers;
    }
}
