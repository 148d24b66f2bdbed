package com.redhat.cloud.exports.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.services.s3.S3Client;

/** Contract section 5: an application uploads its data. */
@ServiceTest
class UploadTests {

    private static final int LIMIT = 1024 * 1024;

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    @ParameterizedTest
    @ValueSource(
            strings = {"application/octet-stream", "text/csv; charset=utf-8", "application/x-www-form-urlencoded", "x"})
    void theContentTypeDoesNotMatter(String type) throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Content-Type: " + type + "\r\nAccept:\r\nContent-Length: 5\r\n");
            connection.send("[1,2]");
            assertThat(connection.head()).startsWith("HTTP/1.1 202").containsIgnoringCase("content-type: text/plain");
        }
        api.status(export).then().body("status", equalTo("complete"));
    }

    @Test
    void aMissingContentTypeIsAccepted() throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            assertThat(connection
                            .post(export.uploadPath(0), "Content-Length: 1\r\n")
                            .send("1")
                            .head())
                    .startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void thousandsOfSmallChunksMakeOneBody() throws IOException {
        Api.Export export = api.create("csv", 1);
        StringBuilder sent = new StringBuilder();
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Transfer-Encoding: chunked\r\n");
            StringBuilder wire = new StringBuilder();
            for (int i = 0; i < 5_000; i++) {
                String row = i + ",\"näme " + i + "\"\r\n";
                sent.append(row);
                wire.append(Integer.toHexString(row.getBytes(StandardCharsets.UTF_8).length))
                        .append("\r\n")
                        .append(row)
                        .append("\r\n");
            }
            connection.send(wire + "0\r\n\r\n");
            assertThat(connection.head()).startsWith("HTTP/1.1 202");
        }
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".csv"))
                .isEqualTo(sent.toString());
    }

    @Test
    void aClientThatExpectsContinueGetsIt() throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Expect: 100-continue\r\nContent-Length: 4\r\n");
            assertThat(connection.head()).startsWith("HTTP/1.1 100");
            assertThat(connection.send("true").head()).startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void aClientThatExpectsContinueIsRefusedBeforeItSends() throws IOException {
        Api.Export export = api.create("json", 1);
        api.error(export, 0, "{\"message\":\"no\",\"error\":1}");
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Expect: 100-continue\r\nContent-Length: 4\r\n");
            assertThat(connection.head()).startsWith("HTTP/1.1 410");
        }
    }

    private static byte[] gzip(byte[] data) {
        var encoded = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(encoded)) {
            out.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }

    private Response uploadEncoded(Api.Export export, String coding, byte[] encoded) {
        return api.application()
                .header("Content-Encoding", coding)
                .body(encoded)
                .post(export.uploadPath(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "zstd", "identity"})
    void anEncodedBodyIsDecodedAndDeliveredByteForByte(String coding) {
        byte[] data = "\ufeff[\"é\"]\r\n".getBytes(UTF_8);
        byte[] encoded = switch (coding) {
            case "zstd" -> Zstd.compress(data);
            case "identity" -> data;
            default -> gzip(data);
        };
        Api.Export export = api.create("json", 1);
        uploadEncoded(export, coding, encoded).then().statusCode(202);
        uploadEncoded(export, coding, encoded).then().statusCode(202);
        api.upload(export, 0, data).then().statusCode(202);
        uploadEncoded(export, "gzip", gzip("[1]".getBytes(UTF_8))).then().statusCode(410);
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.text(export.sources().getFirst() + ".json")).isEqualTo(new String(data, UTF_8));
        assertThat(archive.manifest().at("/file_meta/0/bom").asBoolean()).isTrue();
        assertThat(archive.manifest().at("/file_meta/0/size").asInt()).isEqualTo(data.length);
    }

    /** As some tools write them in parallel: one body, several gzip members, which arrive one by one. */
    @Test
    void aBodyMayHaveSeveralGzipMembers() throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n");
            for (String part : List.of("[1,", "2,", "3]")) {
                byte[] member = gzip(part.getBytes(UTF_8));
                connection
                        .send(Integer.toHexString(member.length) + "\r\n")
                        .send(member, member.length)
                        .send("\r\n");
            }
            assertThat(connection.send("0\r\n\r\n").head()).startsWith("HTTP/1.1 202");
        }
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                .isEqualTo("[1,2,3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void aBodyThatIsNotEncodedAsItSaysIsRefused(String coding) {
        byte[] data = "[\"abcdefghijklmnopqrstuvwxyz\"]".getBytes(UTF_8);
        byte[] encoded = coding.equals("gzip") ? gzip(data) : Zstd.compress(data);
        byte[] damaged = encoded.clone();
        damaged[0] ^= 1;
        Api.Export export = api.create("json", 1);
        for (byte[] body : List.of(data, damaged, Arrays.copyOf(encoded, encoded.length - 4), new byte[] {1})) {
            uploadEncoded(export, coding, body)
                    .then()
                    .statusCode(422)
                    .body("message", equalTo("the body is not valid " + coding));
        }
        api.status(export).then().body("sources[0].status", equalTo("pending"));
        uploadEncoded(export, coding, encoded).then().statusCode(202);
    }

    @Test
    void theLimitIsThatOfTheDecodedBody() {
        byte[] data = new byte[LIMIT + 1];
        Random random = new Random(3);
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) ('a' + random.nextInt(26));
        }
        for (String coding : List.of("gzip", "zstd")) {
            Api.Export export = api.create("csv", 1);
            uploadEncoded(export, coding, coding.equals("gzip") ? gzip(data) : Zstd.compress(data))
                    .then()
                    .statusCode(413)
                    .body("message", equalTo("payload is too large, max size: 1MB"));
            api.status(export).then().body("sources[0].error", equalTo(413));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "gzip, gzip", "zstd, gzip"})
    void otherCodingsAreRefusedWithThoseThatAreSupported(String coding) {
        Api.Export export = api.create("json", 1);
        uploadEncoded(export, coding, "[1]".getBytes(UTF_8))
                .then()
                .statusCode(415)
                .header("Accept-Encoding", "gzip, zstd")
                .body("code", equalTo(415))
                .body("message", equalTo("the Content-Encoding '%s' is not one of gzip, zstd".formatted(coding)));
        api.status(export).then().body("sources[0].status", equalTo("pending"));
    }

    @Test
    void aFormIsRefusedAndItsTypeAloneIsNot() {
        for (String format : List.of("csv", "json")) {
            Api.Export export = api.create(format, 1);
            String form = "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n[1]\r\n--x--\r\n";
            String type = "multipart/form-data; boundary=x";
            api.application()
                    .header("Content-Type", type)
                    .body(form.getBytes(UTF_8))
                    .post(export.uploadPath(0))
                    .then()
                    .statusCode(415)
                    .body("message", equalTo("the data must be the body itself, not a part of a multipart body"));
            api.application()
                    .header("Content-Type", type)
                    .body("[1]".getBytes(UTF_8))
                    .post(export.uploadPath(0))
                    .then()
                    .statusCode(202);
        }
    }

    @Test
    void csvMayBeEmpty() {
        Api.Export export = api.create("csv", 1);
        api.upload(export, 0, "").then().statusCode(202);
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".csv"))
                .isEmpty();
    }

    /** As spreadsheets and scripts write it. */
    static List<Arguments> dialects() {
        return List.of(
                arguments("\ufeff1;\"a;\"\"b\"\"\"\r\n2,5;c\r\n", true, ";"),
                arguments("size,name\n12\" rack,x\n\"5\"\",y\n\"a\" b,z\n", false, null),
                arguments("id\tname\r\n1\t\"a\nb\"", false, "\t"),
                arguments("a|b\n", false, "|"),
                arguments("\ufeff", true, null));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void csvOfEveryDialectIsDeliveredByteForByte(String csv, boolean bom, @Nullable String delimiter) {
        Api.Export export = api.create("csv", 1);
        api.upload(export, 0, csv).then().statusCode(202);
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.text(export.sources().getFirst() + ".csv")).isEqualTo(csv);
        JsonNode file = archive.manifest().at("/file_meta/0");
        assertThat(file.path("bom").asBoolean()).isEqualTo(bom);
        assertThat(file.path("delimiter").textValue()).isEqualTo(delimiter);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "json | {\"a\": [1,}      | .*line 1, byte 9.*",
                "json | ~~               | .*line 1, byte 0.*",
                "json | ~[1]\n[2]~        | .*line 2, byte 4.*",
                "csv  | ~a,b\r\n\"c,d~      | .*line 2, byte 9.*",
                "csv  | ~a;b\r\n1;\"c~      | .*line 2, byte 9.*",
            })
    void anInvalidBodyIsRefusedAndAValidOneAcceptedAfterwards(String format, String body, String message) {
        Api.Export export = api.create(format, 1);
        api.upload(export, 0, body)
                .then()
                .statusCode(422)
                .body("code", equalTo(422))
                .body("message", matchesPattern(message));
        api.status(export).then().body("sources[0].status", equalTo("pending"));
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.status(export).then().body("status", equalTo("complete"));
        assertThat(new Bucket(s3).objects(export)).hasSize(1);
    }

    @Test
    void aBodyOfExactlyTheLimitIsAccepted() {
        Api.Export export = api.create("json", 1);
        api.upload(export, 0, "\"" + "x".repeat(LIMIT - 2) + "\"").then().statusCode(202);
    }

    @Test
    void aBodyAnnouncedOverTheLimitFailsTheSource() {
        Api.Export export = api.create("json", 1);
        api.upload(export, 0, "\"" + "x".repeat(LIMIT) + "\"")
                .then()
                .statusCode(413)
                .body("code", equalTo(413))
                .body("message", equalTo("payload is too large, max size: 1MB"));
        requireTooLarge(export);
    }

    @Test
    void aBodyThatTurnsOutOverTheLimitFailsTheSource() throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection
                    .post(export.uploadPath(0), "Transfer-Encoding: chunked\r\n")
                    .sendChunk("\"");
            for (int i = 0; i < 65; i++) {
                connection.sendChunk("x".repeat(LIMIT / 64));
            }
            assertThat(connection.send("0\r\n\r\n").head()).startsWith("HTTP/1.1 413");
        }
        requireTooLarge(export);
    }

    /** A client that writes its whole body before it reads still gets the response. */
    @Test
    void aClientThatSendsFarTooMuchGetsTheResponse() {
        Api.Export export = api.create("json", 1);
        api.upload(export, 0, new byte[20 * LIMIT]).then().statusCode(413);
        requireTooLarge(export);
    }

    private void requireTooLarge(Api.Export export) {
        api.status(export)
                .then()
                .body("status", equalTo("failed"))
                .body("sources[0].error", equalTo(413))
                .body("sources[0].message", equalTo("payload is too large, max size: 1MB"));
        await().until(() -> new Bucket(s3).objects(export).isEmpty());
    }

    @Test
    void theSameBytesAreAcceptedAgainAndOthersRefused() {
        Api.Export export = api.create("json", 1);
        api.upload(export, 0, "[1,2,3]").then().statusCode(202);
        api.upload(export, 0, "[1,2,3]").then().statusCode(202).body(equalTo("payload delivered"));
        for (String other : List.of("[1,2,4]", "[1,2,3] ", "", "x".repeat(LIMIT + 1))) {
            api.upload(export, 0, other)
                    .then()
                    .statusCode(410)
                    .body("message", equalTo("this resource has already been processed"))
                    .body("code", equalTo(410));
        }
        api.error(export, 0, "{\"message\":\"no\",\"error\":1}").then().statusCode(410);
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                .isEqualTo("[1,2,3]");
        assertThat(new Bucket(s3).objects(export)).hasSize(1);
    }

    @Test
    void aSourceOfAnotherApplicationIsForbidden() {
        Api.Export export = api.create("json", 1);
        String path = export.uploadPath(0).replace("exampleApp", "urn:redhat:application:inventory");
        api.application().body("1").post(path).then().statusCode(403).body("code", equalTo(403));
        api.application()
                .body("{\"message\":\"no\",\"error\":1}")
                .post(path.replace("/upload", "/error"))
                .then()
                .statusCode(403);
        api.status(export).then().body("status", equalTo("pending"));
    }

    @Test
    void unknownExportsAndSourcesAreNotFound() {
        Api.Export export = api.create("json", 1);
        Api.Export other = api.create("json", 1);
        String none = UUID.randomUUID().toString();
        api.upload(new Api.Export("", none, export.sources()), 0, "1")
                .then()
                .statusCode(404)
                .body("message", equalTo("record '" + none + "' not found"));
        for (String source : List.of(none, other.sources().getFirst())) {
            api.upload(new Api.Export("", export.id(), List.of(source)), 0, "1")
                    .then()
                    .statusCode(404)
                    .body("message", equalTo("source `" + source + "` not found"));
        }
    }
}
