package com.redhat.cloud.exports.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Contract sections 3 and 7: the archive of a real export. */
@ServiceTest
class DownloadTests {

    private static final String SOURCES = """
            {"application":"exampleApp","resource":"exampleResource","filters":{"k":"v","n":[1.50]}},
            {"application":"exampleApp","resource":"anotherExampleResource"}""";

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    @Autowired
    JdbcClient database;

    @Test
    void aCompleteExportHoldsTheUploadsByteForByte() throws JsonProcessingException {
        String identity = Api.identity("org-8", "alice");
        Api.Export export = api.create(identity, Api.request("csv", SOURCES));
        String first = new Random(3)
                .ints(60_000)
                .mapToObj(i -> i + ",\"ü " + i + "\"")
                .collect(Collectors.joining("\r\n"))
                .substring(0, 900_000);
        String body = first.substring(0, first.lastIndexOf("\r\n"));
        api.upload(export, 0, body).then().statusCode(202);
        api.upload(export, 1, "").then().statusCode(202);

        Archive archive = Archive.of(api.download(export));
        String name = export.sources().getFirst() + ".csv";
        String emptyName = export.sources().getLast() + ".csv";
        assertThat(archive.files().keySet()).containsExactly(name, emptyName, "meta.json", "README.md");
        assertThat(archive.files().get(name)).isEqualTo(body.getBytes(UTF_8));
        assertThat(archive.files().get(emptyName)).isEmpty();

        String created = api.status(export).path("created_at");
        JsonNode manifest = archive.manifest();
        assertThat(manifest.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("exported_by", "export_date", "export_org_id", "file_meta", "help_string");
        assertThat(manifest.path("exported_by").asText()).isEqualTo("alice");
        assertThat(manifest.path("export_org_id").asText()).isEqualTo("org-8");
        assertThat(manifest.path("export_date").asText())
                .isEqualTo(
                        Instant.parse(created).truncatedTo(ChronoUnit.SECONDS).toString());
        assertThat(manifest.path("file_meta")).hasSize(2);
        JsonNode file = manifest.at("/file_meta/0");
        assertThat(file.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("filename", "application", "resource", "filters", "size", "sha256");
        assertThat(file.path("filename").asText()).isEqualTo(name);
        assertThat(file.path("application").asText()).isEqualTo("exampleApp");
        assertThat(file.path("resource").asText()).isEqualTo("exampleResource");
        assertThat(file.path("filters")).isEqualTo(new JsonMapper().readTree("{\"k\":\"v\",\"n\":[1.50]}"));
        assertThat(file.path("size").asLong()).isEqualTo(body.getBytes(UTF_8).length);
        assertThat(manifest.at("/file_meta/1/filters").isNull()).isTrue();
        assertThat(archive.text("README.md")).contains("alice", "org-8", name, emptyName, "exampleApp", "{\"k\"");
    }

    /** Sources of several blocks, of a few bytes and of none: neither a neighbour's nor a part's digest would match. */
    @Test
    void theManifestHasSizeAndDigestOfEachFile() throws NoSuchAlgorithmException {
        List<String> bodies = List.of("id,name\r\n" + "1,ü\r\n".repeat(150_000), "2,two\r\n", "", "3,three\r\n");
        Api.Export export = api.create("csv", bodies.size());
        for (int source = 0; source < bodies.size(); source++) {
            api.upload(export, source, bodies.get(source)).then().statusCode(202);
        }

        Archive archive = Archive.of(api.download(export));
        JsonNode files = archive.manifest().path("file_meta");
        assertThat(files).hasSize(bodies.size());
        for (int source = 0; source < bodies.size(); source++) {
            String name = export.sources().get(source) + ".csv";
            byte[] content = archive.files().get(name);
            assertThat(content).isEqualTo(bodies.get(source).getBytes(UTF_8));
            JsonNode file = files.get(source);
            assertThat(file.path("filename").asText()).isEqualTo(name);
            assertThat(file.path("size").asLong()).isEqualTo(content.length);
            String sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            assertThat(file.path("sha256").asText()).isEqualTo(sum);
            assertThat(archive.text("README.md")).contains(sum);
        }
    }

    @Test
    void aPartialExportNamesMissingFiles() {
        Api.Export export = api.create("json", 2);
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.error(export, 1, "{\"message\":\"no `such` thing\",\"error\":404}")
                .then()
                .statusCode(202);

        Archive archive = Archive.of(api.download(export));
        String missing = export.sources().getLast() + ".json";
        assertThat(archive.files().keySet())
                .containsExactly(export.sources().getFirst() + ".json", "meta.json", "README.md");
        assertThat(archive.manifest().path("file_meta")).hasSize(1);
        assertThat(archive.manifest().path("failed_files").toString()).isEqualTo("""
                [{"filename":"%s","application":"exampleApp","resource":"exampleResource",\
                "error":{"code":"404","message":"no `such` thing"}}]""".formatted(missing));
        assertThat(archive.text("README.md")).contains(missing, "404", "no `such` thing");
    }

    @Test
    void anUnfinishedOrFailedExportCannotBeDownloaded() {
        Api.Export export = api.create("json", 2);
        requireNotReady(export);
        api.error(export, 0, "{\"message\":\"no\",\"error\":1}");
        requireNotReady(export);
        api.error(export, 1, "{\"message\":\"no\",\"error\":1}");
        requireNotReady(export);
    }

    private void requireNotReady(Api.Export export) {
        api.download(export)
                .then()
                .statusCode(400)
                .contentType("application/json")
                .body("message", equalTo("'" + export.id() + "' is not ready for download"))
                .body("code", equalTo(400));
    }

    @Test
    void anotherUsersExportIsNotFound() {
        Api.Export export = delivered("[1]");
        for (String id : new String[] {export.id(), UUID.randomUUID().toString()}) {
            api.as(Api.someone())
                    .get(Api.EXPORTS + "/" + id)
                    .then()
                    .statusCode(404)
                    .body("message", equalTo("record '" + id + "' not found"));
        }
        api.as(export.identity())
                .get(Api.EXPORTS + "/x")
                .then()
                .statusCode(400)
                .body("message", equalTo("'x' is not a valid export UUID"));
    }

    /** Other programs may write to the database. */
    @Test
    void anUnknownStatusInTheDatabaseIsNoFaultOfTheService() {
        Api.Export export = api.create("json", 3);
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.upload(export, 1, "[2]").then().statusCode(202);
        set("sources", "status = 'lost'", export.sources().get(1));
        set("export_payloads", "format = 'pdf'", export.id());
        api.upload(export, 1, "[2]").then().statusCode(202);
        api.upload(export, 1, "[3]").then().statusCode(410);
        api.upload(export, 2, "%PDF").then().statusCode(202);
        api.status(export).then().body("status", equalTo("partial")).body("sources[1].status", equalTo("lost"));
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.text(export.sources().get(2) + ".pdf")).isEqualTo("%PDF");

        for (String status : List.of("'archived'", "'COMPLETE'", "''", "null")) {
            set("export_payloads", "status = " + status, export.id());
            for (String path : List.of("", "/sources/" + export.sources().getFirst() + "/preview")) {
                api.as(export.identity())
                        .get(Api.EXPORTS + "/" + export.id() + path)
                        .then()
                        .statusCode(400)
                        .body("message", equalTo("'" + export.id() + "' is not ready for download"));
            }
        }
        api.delete(export).then().statusCode(200);
    }

    private void set(String table, String assignment, String id) {
        database.sql("update %s set %s where id = '%s'".formatted(table, assignment, id))
                .update();
    }

    @Test
    void theAnswerHasTheHeadersOfADownload() {
        Api.Export export = delivered("[1]");
        String completedAt = api.status(export).path("completed_at");
        Response download = api.as(export.identity()).accept("application/json").get(Api.EXPORTS + "/" + export.id());
        download.then().statusCode(200).contentType("application/zip").header("Accept-Ranges", "bytes");
        assertThat(download.header("Content-Length")).isEqualTo(Integer.toString(download.asByteArray().length));
        assertThat(download.header("ETag")).matches("\"[0-9a-f]+\"");
        assertThat(download.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"%s-%s.zip\""
                        .formatted(Instant.parse(completedAt).truncatedTo(ChronoUnit.SECONDS), export.id()));

        Response head = api.as(export.identity()).head(Api.EXPORTS + "/" + export.id());
        for (String header : new String[] {"Content-Length", "ETag", "Content-Disposition", "Accept-Ranges"}) {
            assertThat(head.header(header)).isEqualTo(download.header(header));
        }
        assertThat(head.asByteArray()).isEmpty();
    }

    @Test
    void lostContentIsUnavailable() {
        Api.Export export = delivered("[1]");
        Bucket bucket = new Bucket(s3);
        bucket.objects(export).forEach(bucket::lose);
        api.download(export)
                .then()
                .statusCode(503)
                .contentType("application/json")
                .header("Retry-After", "10")
                .body("code", equalTo(503))
                .header("ETag", nullValue())
                .header("Content-Disposition", nullValue());
    }

    @Test
    void contentLostInTheMiddleBreaksTheConnection() throws IOException {
        Api.Export export = api.create("json", 2);
        String large = "\""
                + new Random(1)
                        .ints(500_000, 'a', 'z' + 1)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()) + "\"";
        api.upload(export, 0, large).then().statusCode(202);
        api.upload(export, 1, large).then().statusCode(202);
        Bucket bucket = new Bucket(s3);
        bucket.objects(export).stream()
                .filter(key -> key.contains(export.sources().getLast()))
                .forEach(bucket::lose);
        try (RawConnection connection = new RawConnection(api.publicPort)) {
            connection.send("GET %s/%s HTTP/1.1\r\nHost: localhost\r\nx-rh-identity: %s\r\n\r\n"
                    .formatted(Api.EXPORTS, export.id(), export.identity()));
            String head = connection.head();
            assertThat(head).startsWith("HTTP/1.1 200");
            int announced = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
            assertThat(connection.rest().length()).isLessThan(announced);
        }
    }

    @Test
    void anOrganisationsIdMayBeAnything() {
        for (String org : new String[] {"../../x", "a b/ü+%2F?#", "o".repeat(500)}) {
            Api.Export export = api.create(Api.identity(org, "someone"), Api.request("json", 1));
            api.upload(export, 0, "[1]").then().statusCode(202);
            Archive archive = Archive.of(api.download(export));
            assertThat(archive.manifest().path("export_org_id").asText()).isEqualTo(org);
            api.delete(export).then().statusCode(200);
            await().until(() -> new Bucket(s3).objects(export).isEmpty());
        }
    }

    private Api.Export delivered(String body) {
        Api.Export export = api.create("json", 1);
        api.upload(export, 0, body).then().statusCode(202);
        return export;
    }
}
