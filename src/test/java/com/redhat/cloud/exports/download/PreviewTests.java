package com.redhat.cloud.exports.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.services.s3.S3Client;

/** The first rows of a source's data, without the rest of it. */
@ServiceTest
class PreviewTests {

    private static final String ERROR = "{\"message\":\"no\",\"error\":1}";

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    private Response preview(Api.Export export, int source, String query) {
        return preview(export.identity(), export.id(), export.sources().get(source), query);
    }

    private Response preview(String identity, String export, String source, String query) {
        return api.as(identity).get("%s/%s/sources/%s/preview%s".formatted(Api.EXPORTS, export, source, query));
    }

    private Response previewOf(String format, String data) {
        return previewOf(format, data.getBytes(UTF_8));
    }

    private Response previewOf(String format, byte[] data) {
        Api.Export export = delivered(format, data);
        Response preview = preview(export, 0, "");
        preview.then().statusCode(200).contentType("application/json");
        return preview;
    }

    private Api.Export delivered(String format, byte[] data) {
        Api.Export export = api.create(format, 1);
        api.upload(export, 0, data).then().statusCode(202);
        return export;
    }

    private static String lines(int from, int to, String line) {
        return IntStream.range(from, to).mapToObj(line::formatted).collect(Collectors.joining("\r\n"));
    }

    private static String noise(int length) {
        return new Random(5)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void csvIsATable() {
        assertThat(previewOf("csv", "a,b\r\n0,x\r\n\"1, 2\",\"say \"\"ü\"\"\nand more\"\r\n")
                        .asString())
                .isEqualTo("""
                        {"columns":["a","b"],"rows":[["0","x"],["1, 2","say \\"ü\\"\\nand more"]],"truncated":false}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void rowsAreDividedByTheDelimiterOfTheData(String delimiter) {
        String csv = "a%1$sb\r\n1%1$s\"x, y; z\"\r\n12\" rack%1$s\"q\"r\r\n".formatted(delimiter);
        previewOf("csv", csv)
                .then()
                .body("columns", contains("a", "b"))
                .body("rows", contains(List.of("1", "x, y; z"), List.of("12\" rack", "qr")))
                .body("truncated", equalTo(false));
    }

    @ParameterizedTest
    @CsvSource({"'', 20", "?rows=, 20", "?rows=1, 1", "?rows=7, 7", "?rows=7&rows=9, 7", "?rows=100, 100"})
    void theRequestedNumberOfRowsIsShown(String query, int rows) {
        Api.Export csv = delivered("csv", ("id\r\n" + lines(0, 150, "%d")).getBytes(UTF_8));
        preview(csv, 0, query)
                .then()
                .statusCode(200)
                .body("rows", hasSize(rows))
                .body("rows[-1]", contains(Integer.toString(rows - 1)))
                .body("truncated", equalTo(true));
        String objects = lines(0, 150, "{\"id\":%d}").replace("\r\n", ",");
        Api.Export json = delivered("json", ("[" + objects + "]").getBytes(UTF_8));
        preview(json, 0, query)
                .then()
                .statusCode(200)
                .body("rows", hasSize(rows))
                .body("rows[-1]", contains(Integer.toString(rows - 1)))
                .body("truncated", equalTo(true));
    }

    @Test
    void nothingIsTruncatedWhereThereIsNoMore() {
        for (int rows : new int[] {1, 20}) {
            previewOf("csv", "id\r\n" + lines(0, rows, "%d"))
                    .then()
                    .body("rows", hasSize(rows))
                    .body("truncated", equalTo(false));
            previewOf("json", "[" + lines(0, rows, "{\"id\":%d}").replace("\r\n", ",") + "]")
                    .then()
                    .body("rows", hasSize(rows))
                    .body("truncated", equalTo(false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "+5", "1.0", "x", "٣", "99999999999999999999"})
    void anInvalidNumberOfRowsIsRefused(String rows) {
        Api.Export export = delivered("csv", "a\r\n1".getBytes(UTF_8));
        api.as(export.identity())
                .urlEncodingEnabled(true)
                .queryParam("rows", rows)
                .get("%s/%s/sources/%s/preview"
                        .formatted(Api.EXPORTS, export.id(), export.sources().getFirst()))
                .then()
                .statusCode(400)
                .body("message", equalTo("invalid rows: '%s' is not a whole number from 1 to 100".formatted(rows)));
    }

    @Test
    void jsonObjectsAreATableOfTheirKeys() {
        assertThat(previewOf("json", """
                        [{"id": 1, "name": "ü", "at": null},
                         {"name": "y", "id": 1.50, "on": true, "tags": ["a", {"b": 1e400}], "none": []}, {}]""").asString()).isEqualTo("""
                        {"columns":["id","name","at","on","tags","none"],"rows":[\
                        ["1","ü",null,null,null,null],\
                        ["1.50","y",null,"true","[\\"a\\",{\\"b\\":1e400}]","[]"],\
                        [null,null,null,null,null,null]],"truncated":false}""");
    }

    @Test
    void theFirstArrayOfAnObjectIsTheTable() {
        assertThat(previewOf("json", """
                        {"meta":{"count":2,"more":[1]},"name":"x","data":[{"a":"1"},{"a":"2"}],"other":[{"b":1}]}""").asString()).isEqualTo("""
                        {"columns":["a"],"rows":[["1"],["2"]],"truncated":false}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"a\":1}", "1", "null", "\"text\"", "[1,2]", "[[1],[2]]", "{\"a\":[\"x\"]}", "[{},1]"})
    void jsonWithoutRowsIsRefused(String json) {
        preview(delivered("json", json.getBytes(UTF_8)), 0, "")
                .then()
                .statusCode(400)
                .body("message", equalTo("the data of this source has no rows to show"));
    }

    @Test
    void dataMayBeEmpty() {
        assertThat(previewOf("csv", "").asString()).isEqualTo("{\"columns\":[],\"rows\":[],\"truncated\":false}");
        assertThat(previewOf("csv", "a,b\r\n").asString())
                .isEqualTo("{\"columns\":[\"a\",\"b\"],\"rows\":[],\"truncated\":false}");
        assertThat(previewOf("json", "[]").asString()).isEqualTo("{\"columns\":[],\"rows\":[],\"truncated\":false}");
        assertThat(previewOf("json", "{\"data\":[]}").asString())
                .isEqualTo("{\"columns\":[],\"rows\":[],\"truncated\":false}");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAColumnsName() {
        previewOf("csv", "\uFEFFa,b\r\n1,2").then().body("columns", contains("a", "b"));
    }

    @Test
    void recordsNeedNotBeRegular() {
        assertThat(previewOf("csv", "a,a,\r\n1\r\n1,2,3,4\r\n").asString())
                .isEqualTo("{\"columns\":[\"a\",\"a\",\"\"],\"rows\":[[\"1\"],[\"1\",\"2\",\"3\",\"4\"]],"
                        + "\"truncated\":false}");
    }

    /** More data than is read, whether it deflates well or not. Only whole rows are shown. */
    @ParameterizedTest
    @ValueSource(strings = {"noise", "zeros"})
    void theFirstRowsOfLargeDataAreShown(String kind) {
        String text = kind.equals("noise") ? noise(900_000) : "0".repeat(900_000);
        String csv = "id,text\r\n"
                + IntStream.range(0, 90)
                        .mapToObj(row -> row + ",\"" + text.substring(row * 10_000, (row + 1) * 10_000) + "\"")
                        .collect(Collectors.joining("\r\n"));
        Response preview = preview(delivered("csv", csv.getBytes(UTF_8)), 0, "?rows=100");
        requireWholeRows(preview, text);
        String json = "{\"data\":["
                + IntStream.range(0, 90)
                        .mapToObj(row -> "{\"id\":%d,\"text\":\"%s\"}"
                                .formatted(row, text.substring(row * 10_000, (row + 1) * 10_000)))
                        .collect(Collectors.joining(","))
                + "]}";
        requireWholeRows(preview(delivered("json", json.getBytes(UTF_8)), 0, "?rows=100"), text);
    }

    private static void requireWholeRows(Response preview, String text) {
        preview.then().statusCode(200).body("columns", contains("id", "text")).body("truncated", equalTo(true));
        List<List<String>> rows = preview.path("rows");
        assertThat(rows).hasSizeBetween(5, 26);
        for (int row = 0; row < rows.size(); row++) {
            assertThat(rows.get(row))
                    .containsExactly(Integer.toString(row), text.substring(row * 10_000, row * 10_000 + 999) + "…");
        }
    }

    @Test
    void aLongCellIsCutAndARowBeyondTheFirstBytesIsLeftOut() {
        String emoji = "😀".repeat(1000);
        previewOf("csv", "a,b\r\n1," + emoji + "\r\n")
                .then()
                .body("rows[0][1]", equalTo("😀".repeat(499) + "…"))
                .body("truncated", equalTo(true));
        for (String quote : new String[] {"", "\""}) {
            previewOf("csv", "a,b\r\n0,x\r\n1," + quote + noise(1_000_000) + quote + "\r\n")
                    .then()
                    .body("columns", contains("a", "b"))
                    .body("rows", contains(List.of("0", "x")))
                    .body("truncated", equalTo(true));
            previewOf("csv", quote + noise(1_000_000) + quote)
                    .then()
                    .body("columns", empty())
                    .body("rows", empty())
                    .body("truncated", equalTo(true));
        }
        previewOf("json", "[{\"a\":\"" + noise(1_000_000) + "\"}]")
                .then()
                .body("rows", empty())
                .body("truncated", equalTo(true));
        previewOf("json", "{\"first\":\"" + noise(1_000_000) + "\",\"data\":[{\"a\":1}]}")
                .then()
                .body("rows", empty())
                .body("truncated", equalTo(true));
    }

    /** Cuts a three-byte character at each of its bytes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void dataIsCutInTheMiddleOfACharacter(int shift) {
        String csv = "a\r\n" + "x".repeat(shift) + "\r\n" + "€€€€\r\n".repeat(60_000);
        Response preview = preview(delivered("csv", csv.getBytes(UTF_8)), 0, "?rows=100");
        preview.then().statusCode(200).body("rows", hasSize(100)).body("truncated", equalTo(true));
        assertThat(preview.asString()).doesNotContain("\uFFFD");
        previewOf("json", "[{\"a\":1},{\"b\":\"" + "x".repeat(shift) + "€".repeat(200_000) + "\"}]")
                .then()
                .body("rows", contains(List.of("1")))
                .body("truncated", equalTo(true));
    }

    /** The answer's size is limited, whatever the data. */
    @Test
    void manyColumnsAreCut() {
        String names =
                IntStream.range(0, 10_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
        Response preview = previewOf("json", "[{" + names + "}" + ",{}".repeat(200) + "]");
        preview.then()
                .body("columns", hasSize(500))
                .body("rows[0]", hasSize(500))
                .body("rows[19]", hasSize(500))
                .body("truncated", equalTo(true));
        assertThat(preview.asByteArray().length).isLessThan(200_000);
        previewOf("csv", ",".repeat(30_000) + "\r\n" + ",".repeat(30_000))
                .then()
                .body("columns", hasSize(500))
                .body("rows[0]", hasSize(500))
                .body("truncated", equalTo(true));
    }

    @Test
    void onlyAFinishedExportIsShown() {
        Api.Export export = api.create("json", 2);
        String notReady = "'%s' is not ready for download".formatted(export.id());
        preview(export, 0, "").then().statusCode(400).body("message", equalTo(notReady));
        api.upload(export, 0, "[{\"a\":1}]").then().statusCode(202);
        preview(export, 0, "").then().statusCode(400).body("message", equalTo(notReady));
        api.error(export, 1, ERROR).then().statusCode(202);
        preview(export, 0, "").then().statusCode(200).body("rows", contains(List.of("1")));
        preview(export, 1, "")
                .then()
                .statusCode(404)
                .body(
                        "message",
                        equalTo("source `%s` has no data"
                                .formatted(export.sources().getLast())));
    }

    @Test
    void anotherUsersSourceIsNotFound() {
        Api.Export export = delivered("json", "[{\"a\":1}]".getBytes(UTF_8));
        Api.Export other = delivered("json", "[{\"b\":1}]".getBytes(UTF_8));
        String source = export.sources().getFirst();
        preview(other.identity(), export.id(), source, "")
                .then()
                .statusCode(404)
                .body("message", equalTo("record '%s' not found".formatted(export.id())));
        preview(other.identity(), other.id(), source, "")
                .then()
                .statusCode(404)
                .body("message", equalTo("source `%s` not found".formatted(source)));
        String nobodys = UUID.randomUUID().toString();
        preview(export.identity(), nobodys, source, "")
                .then()
                .statusCode(404)
                .body("message", equalTo("record '%s' not found".formatted(nobodys)));
        preview(export.identity(), "x", source, "")
                .then()
                .statusCode(400)
                .body("message", equalTo("'x' is not a valid export UUID"));
        preview(export.identity(), export.id(), "1-2-3-4-5", "")
                .then()
                .statusCode(400)
                .body("message", equalTo("'1-2-3-4-5' is not a valid resource UUID"));
        preview("", export.id(), source, "").then().statusCode(400).body("message", startsWith("invalid identity"));
        preview(export.identity(), export.id().toUpperCase(), source.toUpperCase(), "")
                .then()
                .statusCode(200);
        api.delete(export).then().statusCode(200);
        preview(export, 0, "").then().statusCode(404);
    }

    @Test
    void aSourceThatHasExpiredIsGone() {
        String source = "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\"%s}";
        Instant expires = Instant.now().plusSeconds(3);
        Api.Export export = api.create(
                Api.someone(),
                Api.request("json", source.formatted("") + "," + source.formatted(",\"expires\":\"" + expires + "\"")));
        api.upload(export, 0, "[{\"a\":1}]").then().statusCode(202);
        api.upload(export, 1, "[{\"a\":2}]").then().statusCode(202);
        await().untilAsserted(() -> preview(export, 1, "")
                .then()
                .statusCode(410)
                .body(
                        "message",
                        equalTo("the data of source `%s` has expired"
                                .formatted(export.sources().getLast()))));
        preview(export, 0, "").then().statusCode(200).body("rows", contains(List.of("1")));
    }

    @Test
    void lostDataIsUnavailable() {
        Api.Export export = delivered("json", "[{\"a\":1}]".getBytes(UTF_8));
        Bucket bucket = new Bucket(s3);
        bucket.objects(export).forEach(bucket::lose);
        preview(export, 0, "")
                .then()
                .statusCode(503)
                .header("Retry-After", "10")
                .body("message", equalTo("the object store cannot read at the moment"));
    }
}
