package com.redhat.cloud.exports.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Ranges and conditions (RFC 9110 sections 13 and 14). */
@ServiceTest
class RangeDownloadTests {

    @Autowired
    Api api;

    private Api.Export export;
    private byte[] whole;
    private String etag;

    @BeforeEach
    void deliver() {
        export = api.create("json", 2);
        api.upload(export, 0, "\"" + noise(200_000) + "\"").then().statusCode(202);
        api.upload(export, 1, "[1]").then().statusCode(202);
        Response download = api.download(export);
        whole = download.asByteArray();
        etag = download.header("ETag");
    }

    private static String noise(int length) {
        return new Random(2)
                .ints(length, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private Response get(RequestSpecification request) {
        return request.get(Api.EXPORTS + "/" + export.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-0", "0-99", "1000-99999", "120000-", "-1", "-300", "-99999999", "5-99999999"})
    void aRangeIsTheSameBytesAsInTheWhole(String range) {
        Response response = get(api.as(export.identity()).header("Range", "bytes=" + range));
        response.then().statusCode(206).header("ETag", etag);
        String[] bounds = response.header("Content-Range").split("[ /-]");
        int first = Integer.parseInt(bounds[1]);
        int last = Integer.parseInt(bounds[2]);
        assertThat(bounds[3]).isEqualTo(Integer.toString(whole.length));
        assertThat(response.asByteArray()).isEqualTo(Arrays.copyOfRange(whole, first, last + 1));
        assertThat(response.header("Content-Length")).isEqualTo(Integer.toString(last - first + 1));
    }

    @Test
    void aRangeBeyondTheEndIsNotSatisfiable() {
        get(api.as(export.identity()).header("Range", "bytes=" + whole.length + "-"))
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */" + whole.length);
    }

    @Test
    void anArchiveThatTheClientHasIsNotSentAgain() {
        for (String tag : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
            Response response = get(api.as(export.identity()).header("If-None-Match", tag));
            response.then().statusCode(304).header("ETag", etag);
            assertThat(response.asByteArray()).isEmpty();
        }
        get(api.as(export.identity()).header("If-None-Match", "\"x\"")).then().statusCode(200);
    }

    /** A browser that resumes a download with If-Match must not get a part of another zip. */
    @Test
    void aZipThatDoesNotMatchIsNotSent() {
        for (String range : new String[] {"bytes=0-9", "bytes=99999999-"}) {
            for (String tag : new String[] {"\"x\"", "W/" + etag}) {
                get(api.as(export.identity()).header("If-Match", tag).header("Range", range))
                        .then()
                        .statusCode(412)
                        .contentType("application/json")
                        .header("ETag", etag)
                        .body("code", equalTo(412));
            }
        }
        api.as(export.identity())
                .header("If-Match", "\"x\"")
                .head(Api.EXPORTS + "/" + export.id())
                .then()
                .statusCode(412);
        get(api.as(export.identity()).header("If-Match", "\"x\"", etag).header("Range", "bytes=0-9"))
                .then()
                .statusCode(206);
        get(api.as(export.identity()).header("If-Match", "*")).then().statusCode(200);
    }

    /** Every combination of conditions, in the order of RFC 9110 section 13.2.2. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void conditionsAreEvaluatedInTheirOrder(String method) {
        String other = "\"other\"";
        String date = "Thu, 12 Sep 2024 12:27:59 GMT";
        for (String ifMatch : List.of("", etag, other, "W/" + etag, "*", other + ", " + etag)) {
            for (String ifNoneMatch : List.of("", etag, other, "W/" + etag, "*")) {
                for (String ifRange : List.of("", etag, other, date)) {
                    for (String range : List.of("", "bytes=1-2", "bytes=99999999-")) {
                        RequestSpecification request = api.as(export.identity())
                                .header("If-Modified-Since", date)
                                .header("If-Unmodified-Since", date);
                        Map.of("If-Match", ifMatch, "If-None-Match", ifNoneMatch, "If-Range", ifRange, "Range", range)
                                .forEach((name, value) -> {
                                    if (!value.isEmpty()) {
                                        request.header(name, value);
                                    }
                                });
                        assertThat(request.request(method, Api.EXPORTS + "/" + export.id())
                                        .statusCode())
                                .as("%s If-Match %s, If-None-Match %s, If-Range %s, Range %s"
                                        .formatted(method, ifMatch, ifNoneMatch, ifRange, range))
                                .isEqualTo(expected(method, ifMatch, ifNoneMatch, ifRange, range));
                    }
                }
            }
        }
    }

    private int expected(String method, String ifMatch, String ifNoneMatch, String ifRange, String range) {
        if (!ifMatch.isEmpty() && !Set.of("*", etag, "\"other\", " + etag).contains(ifMatch)) {
            return 412;
        }
        if (Set.of("*", etag, "W/" + etag).contains(ifNoneMatch)) {
            return 304;
        }
        if (method.equals("HEAD") || range.isEmpty() || !Set.of("", etag).contains(ifRange)) {
            return 200;
        }
        return range.equals("bytes=1-2") ? 206 : 416;
    }

    @Test
    void aRangeOfAnotherVersionIsTheWhole() {
        get(api.as(export.identity()).header("Range", "bytes=0-9").header("If-Range", etag))
                .then()
                .statusCode(206);
        Response other =
                get(api.as(export.identity()).header("Range", "bytes=0-9").header("If-Range", "\"other\""));
        other.then().statusCode(200);
        assertThat(other.asByteArray()).isEqualTo(whole);
    }

    @Test
    void headHasNoRanges() {
        api.as(export.identity())
                .header("Range", "bytes=0-9")
                .head(Api.EXPORTS + "/" + export.id())
                .then()
                .statusCode(200)
                .header("Content-Length", Integer.toString(whole.length));
    }

    @Test
    void aBrokenDownloadIsResumedWhereItBroke() throws IOException {
        String start;
        try (RawConnection connection = new RawConnection(api.publicPort)) {
            connection.send("GET %s/%s HTTP/1.1\r\nHost: localhost\r\nx-rh-identity: %s\r\n\r\n"
                    .formatted(Api.EXPORTS, export.id(), export.identity()));
            assertThat(connection.head()).startsWith("HTTP/1.1 200");
            start = connection.read(70_000);
            connection.reset();
        }
        byte[] had = start.getBytes(StandardCharsets.ISO_8859_1);
        byte[] more = get(api.as(export.identity())
                        .header("Range", "bytes=" + had.length + "-")
                        .header("If-Range", etag))
                .asByteArray();
        byte[] joined = Arrays.copyOf(had, had.length + more.length);
        System.arraycopy(more, 0, joined, had.length, more.length);
        assertThat(joined).isEqualTo(whole);
    }
}
