package com.redhat.cloud.exports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.services.s3.S3Client;

/** Contract, section 3 "GET /exports/{id}" and section 7. */
@ServiceTest
class DownloadTests {

    private static final byte[] DATA = "{\"rows\":[1,2,3],\"text\":\"Grüße\"}".getBytes(UTF_8);

    @Autowired
    private Api api;

    private Api.Export complete() {
        Api.Export export = api.create(Api.identity("org-down", "jane"), Api.request("json", """
                {"application":"exampleApp","resource":"exampleResource","filters":{"k":"v"}}"""));
        api.upload(export, 0, DATA).then().statusCode(202);
        return export;
    }

    private Response range(Api.Export export, String header, String value) {
        return api.as(export.identity()).header(header, value).get(Api.EXPORTS + "/" + export.id());
    }

    @Test
    void theArchiveHoldsTheBytesAsTheyCameThenManifestThenReadme() {
        Api.Export export = complete();
        String source = export.sources().getFirst();

        Archive archive = Archive.of(api.download(export));

        assertThat(archive.files().keySet()).containsExactly(source + ".json", "meta.json", "README.md");
        assertThat(archive.files().get(source + ".json")).isEqualTo(DATA);
        assertThat(archive.text("README.md")).contains("jane", "org-down", "exampleApp", "exampleResource", source);
    }

    @Test
    void theManifestHasTheKeysOfTheContract() throws Exception {
        Api.Export export = complete();
        String source = export.sources().getFirst();

        JsonNode manifest = Archive.of(api.download(export)).manifest();

        assertThat(manifest.properties().stream().map(Map.Entry::getKey))
                .containsExactly("exported_by", "export_date", "export_org_id", "file_meta", "help_string");
        assertThat(manifest.get("exported_by").textValue()).isEqualTo("jane");
        assertThat(manifest.get("export_org_id").textValue()).isEqualTo("org-down");
        assertThat(manifest.get("export_date").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(manifest.at("/file_meta/0/filename").textValue()).isEqualTo(source + ".json");
        assertThat(manifest.at("/file_meta/0/filters")).isEqualTo(new JsonMapper().readTree("{\"k\":\"v\"}"));
        assertThat(manifest.at("/file_meta/0/size").intValue()).isEqualTo(DATA.length);
    }

    @Test
    void whatFailedIsListedWithItsReason() {
        Api.Export export = api.create("csv", 2);
        api.upload(export, 0, "a,b\r\n1,2\r\n").then().statusCode(202);
        api.error(export, 1, "{\"message\":\"no # such\\nthing\",\"error\":404}")
                .then()
                .statusCode(202);
        api.status(export).then().body("status", equalTo("partial"));

        Archive archive = Archive.of(api.download(export));

        assertThat(archive.files().keySet())
                .containsExactly(export.sources().get(0) + ".csv", "meta.json", "README.md");
        JsonNode failed = archive.manifest().at("/failed_files/0");
        assertThat(failed.get("filename").textValue())
                .isEqualTo(export.sources().get(1) + ".csv");
        assertThat(failed.get("application").textValue()).isEqualTo("exampleApp");
        assertThat(failed.get("resource").textValue()).isEqualTo("exampleResource");
        assertThat(failed.at("/error/code").textValue()).isEqualTo("404");
        assertThat(failed.at("/error/message").textValue()).isEqualTo("no # such\nthing");
        assertThat(archive.manifest().at("/file_meta/0/filters").isNull()).isTrue();
    }

    @Test
    void whatIsNotFinishedOrHasFailedIsNotReady() {
        Api.Export export = api.create("json", 1);
        String text = "'%s' is not ready for download".formatted(export.id());
        api.download(export)
                .then()
                .statusCode(400)
                .body("message", equalTo(text))
                .body("code", equalTo(400));

        api.error(export, 0, "{\"message\":\"m\",\"error\":1}").then().statusCode(202);

        api.status(export).then().body("status", equalTo("failed"));
        api.download(export).then().statusCode(400).body("message", equalTo(text));
    }

    @Test
    void theHeadersAreThoseThatClientsRead() {
        Api.Export export = complete();
        Response whole = api.download(export);

        whole.then()
                .header("Content-Type", "application/zip")
                .header("Accept-Ranges", "bytes")
                .header("Content-Length", Integer.toString(whole.asByteArray().length))
                .header("ETag", matchesPattern("\"[0-9a-f]+\""))
                .header(
                        "Content-Disposition",
                        matchesPattern("attachment; filename=\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ-"
                                + export.id() + "\\.zip\""));
        Response head = api.as(export.identity()).head(Api.EXPORTS + "/" + export.id());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.asByteArray()).isEmpty();
        for (String name : List.of("Content-Type", "Content-Length", "ETag", "Content-Disposition", "Accept-Ranges")) {
            assertThat(head.header(name)).isEqualTo(whole.header(name));
        }
        assertThat(api.download(export).asByteArray()).isEqualTo(whole.asByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=10-99, 10, 100",
        "bytes=-7, -7, 0",
        "bytes=50-, 50, 0",
        "bytes=0-999999999, 0, 0"
    })
    void aRangeIsTheSameBytesAsInTheWhole(String range, int from, int to) {
        Api.Export export = complete();
        byte[] whole = api.download(export).asByteArray();
        int first = from < 0 ? whole.length + from : from;
        int end = to == 0 ? whole.length : to;

        Response part = range(export, "Range", range);

        part.then()
                .statusCode(206)
                .header("Content-Range", "bytes %d-%d/%d".formatted(first, end - 1, whole.length))
                .header("Content-Length", Integer.toString(end - first));
        assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(whole, first, end));
    }

    @Test
    void conditionsAreKept() {
        Api.Export export = complete();
        Response whole = api.download(export);
        String etag = whole.header("ETag");

        range(export, "If-None-Match", etag).then().statusCode(304).header("ETag", etag);
        range(export, "If-None-Match", "\"other\"").then().statusCode(200);
        range(export, "Range", "bytes=99999999-")
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */" + whole.asByteArray().length);
        api.as(export.identity())
                .header("Range", "bytes=0-3")
                .header("If-Range", etag)
                .get(Api.EXPORTS + "/" + export.id())
                .then()
                .statusCode(206);
        api.as(export.identity())
                .header("Range", "bytes=0-3")
                .header("If-Range", "\"other\"")
                .get(Api.EXPORTS + "/" + export.id())
                .then()
                .statusCode(200);
    }

    @Test
    void anObjectThatIsNotThereIsAnErrorAndNeverAShortAnswer(@Autowired S3Client client) {
        Api.Export export = complete();
        Bucket bucket = new Bucket(client);
        bucket.lose(bucket.objects(export).getFirst());

        Response answer = api.download(export);

        answer.then().statusCode(503).header("Retry-After", "10").body("code", equalTo(503));
        assertThat(answer.headers().getValues("ETag")).isEmpty();
        assertThat(answer.headers().getValues("Content-Disposition")).isEmpty();
    }

    @Test
    void anObjectThatIsNotThereBreaksOffAnAnswerThatHasBegun(@Autowired S3Client client) {
        Api.Export export = api.create("csv", 2);
        api.upload(export, 0, random(200_000)).then().statusCode(202);
        api.upload(export, 1, "a\n").then().statusCode(202);
        Bucket bucket = new Bucket(client);
        bucket.objects(export).stream()
                .filter(key -> key.contains(export.sources().get(1)))
                .forEach(bucket::lose);

        assertThatThrownBy(() -> api.download(export).asByteArray()).isInstanceOf(Exception.class);
    }

    private static String random(int length) {
        return new Random(1)
                .ints(length, 'a', 'z')
                .mapToObj(letter -> Character.toString(letter))
                .collect(Collectors.joining());
    }
}
