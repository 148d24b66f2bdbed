package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code POST /exports} (contract section 3): refusals, their order, and that nothing is stored. */
@ServiceTest
class CreateExportRefusalTests {

    private static final String NO_TIME =
            "'%s' of '%s' is not a date and time with zone in RFC 3339, like 2022-01-01T00:00:00Z";

    @Autowired
    Api api;

    /** Body, status, text. */
    static Stream<Arguments> refusals() {
        List<Arguments> refusals = new ArrayList<>(List.of(
                refusal(400, "invalid JSON (line 1, column 0)", ""),
                refusal(400, "invalid JSON (line 1, column 0)", "  "),
                refusal(400, "invalid JSON (line 1, column 18)", "{\"format\":\"json\",}"),
                refusal(400, "invalid JSON (line 1, column 17)", "{\"format\":\"json\""),
                refusal(400, "invalid JSON (line 2, column 1)", valid() + "\n}"),
                refusal(400, "invalid JSON (line 2, column 1)", valid() + "\n{}"),
                refusal(400, "the request body is not a JSON object", "null"),
                refusal(400, "the request body is not a JSON object", "[]"),
                refusal(400, "the request body is not a JSON object", "\"text\""),
                refusal(400, "the request body is not a JSON object", "1"),
                // types, before anything that the fields say
                refusal(400, "'name' is not a string", body("\"name\":1")),
                refusal(400, "'name' is not a string", body("\"name\":{}")),
                refusal(400, "'format' is not a string", "{\"format\":[],\"sources\":[]}"),
                refusal(400, "'sources' is not a list", "{\"format\":\"json\",\"sources\":{}}"),
                refusal(400, "'sources' is not a list", "{\"format\":\"json\",\"sources\":\"x\"}"),
                refusal(400, "a source is not a JSON object", Api.request("json", "null")),
                refusal(400, "a source is not a JSON object", Api.request("json", "1")),
                refusal(400, "'application' is not a string", Api.request("json", "{\"application\":1}")),
                refusal(400, "'resource' is not a string", Api.request("json", "{\"resource\":[]}")),
                refusal(400, "'expires_at' is not a string", body("\"expires_at\":1")),
                refusal(400, "'expires' is not a string", source("\"expires\":true")),
                // text that PostgreSQL cannot hold
                refusal(400, "'name' holds a NUL character", body("\"name\":\"a\\u0000\"")),
                refusal(400, "'name' holds half of a surrogate pair", body("\"name\":\"\\ud800\"")),
                refusal(400, "'name' holds half of a surrogate pair", body("\"name\":\"\\ud800\\ud800\\udc00\"")),
                refusal(
                        400,
                        "'application' holds a NUL character",
                        Api.request("json", "{\"application\":\"\\u0000\"}")),
                refusal(
                        400,
                        "'resource' holds half of a surrogate pair",
                        Api.request("json", "{\"resource\":\"\\udc00\"}")),
                refusal(400, "'filters' holds a NUL character", filters("{\"a\":[\"\\u0000\"]}")),
                refusal(400, "'filters' holds a NUL character", filters("{\"a\":{\"\\u0000\":1}}")),
                refusal(400, "'filters' holds half of a surrogate pair", filters("{\"a\":\"\\ud83d\"}")),
                refusal(400, "'filters' holds half of a surrogate pair", filters("{\"\\ude00\":1}")),
                refusal(400, "'filters' holds half of a surrogate pair", filters("{\"a\":\"\\ud83d\",\"a\":1}")),
                refusal(400, "the request holds a value that cannot be stored", filters("{\"a\":\"\\u0000\",\"a\":1}")),
                // numbers that PostgreSQL cannot hold, or that it would write out at great length
                refusal(400, "the request holds a value that cannot be stored", filters("{\"a\":1e400000}")),
                refusal(400, "the request holds a value that cannot be stored", filters("{\"a\":1e-400000}")),
                refusal(400, "invalid JSON: a number is out of range", filters("{\"a\":1e99999999999}")),
                refusal(400, "'filters' holds numbers that are too large", filters("{\"a\":1e2147483647}")),
                refusal(
                        400,
                        "'filters' holds numbers that are too large",
                        filters("{\"a\":[" + "1e131000,".repeat(8) + "1e131000]}")),
                refusal(400, "JSON over the limits", filters("{\"a\":" + "9".repeat(1001) + "}")),
                // what the fields say
                refusal(400, "no sources provided", "{\"format\":\"json\"}"),
                refusal(400, "no sources provided", "{\"format\":\"json\",\"sources\":null}"),
                refusal(400, "no sources provided", "{\"format\":\"json\",\"sources\":[]}"),
                refusal(400, "'name' holds a control character", body("\"name\":\"a\\u0001\"")),
                refusal(400, "'name' holds a control character", body("\"name\":\"a\\tb\"")),
                refusal(400, "'name' holds a control character", body("\"name\":\"a\\nb\"")),
                refusal(400, "'name' holds a control character", body("\"name\":\"\\u007f\"")),
                refusal(400, "'name' holds a control character", body("\"name\":\"\\u009f\"")),
                refusal(406, "Payload does not match Configured Exports", Api.request("json", "{}")),
                refusal(406, "Payload does not match Configured Exports", source("\"resource\":\"exampleresource\"")),
                refusal(406, "Payload does not match Configured Exports", source("\"application\":\"ExampleApp\"")),
                refusal(400, "invalid json format of filters", filters("[]")),
                refusal(400, "invalid json format of filters", filters("\"{}\"")),
                refusal(400, "invalid json format of filters", filters("1")),
                refusal(400, "invalid json format of filters", filters("false")),
                refusal(400, "invalid or missing payload format", Api.request("pdf", 1)),
                refusal(400, "invalid or missing payload format", Api.request("JSON", 1)),
                refusal(400, "invalid or missing payload format", Api.request("", 1)),
                // order: JSON, sources, allow-list, filters, format
                refusal(400, "no sources provided", "{\"format\":\"pdf\",\"sources\":[]}"),
                refusal(
                        406,
                        "Payload does not match Configured Exports",
                        Api.request("pdf", "{\"application\":\"a\",\"filters\":1}")),
                refusal(400, "invalid json format of filters", filters("1").replace("json", "pdf"))));
        for (String time : List.of(
                "",
                "spring",
                "2030-01-01",
                "2030-01-01T00:00:00",
                "2030-01-01T00:00Z",
                "2030-01-01 00:00:00Z",
                "2030-02-30T00:00:00Z",
                "2030-01-01T24:00:00Z",
                "0000-01-01T00:00:00Z",
                "0001-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "+12030-01-01T00:00:00Z")) {
            refusals.add(refusal(400, NO_TIME.formatted(time, "expires_at"), body("\"expires_at\":\"" + time + "\"")));
            refusals.add(refusal(400, NO_TIME.formatted(time, "expires"), source("\"expires\":\"" + time + "\"")));
        }
        return refusals.stream();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void anInvalidRequestIsExplainedAndNothingIsStored(int status, String message, String body) {
        String identity = Api.someone();
        api.post(identity, body)
                .then()
                .statusCode(status)
                .contentType("application/json")
                .body("message", equalTo(message))
                .body("code", equalTo(status));
        api.list(identity, "").then().body("meta.count", equalTo(0));
    }

    @Test
    void theIdentityIsCheckedBeforeTheBody() {
        api.anyone(api.publicPort)
                .body("{")
                .post(Api.EXPORTS)
                .then()
                .statusCode(400)
                .body("message", equalTo("invalid identity header: missing x-rh-identity header"));
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() {
        api.post(Api.someone(), valid() + " ".repeat(1024 * 1024))
                .then()
                .statusCode(413)
                .contentType("application/json")
                .body("message", equalTo("the request body is larger than 1048576 bytes"))
                .body("code", equalTo(413));
    }

    @Test
    void nestingIsAllowedUpToTheLimit() {
        // Around the lists: the body, its sources, the source, its filters.
        String hundred = filters("{\"a\":" + "[".repeat(96) + "]".repeat(96) + "}");
        String more = filters("{\"a\":" + "[".repeat(97) + "]".repeat(97) + "}");
        api.post(Api.someone(), hundred).then().statusCode(202);
        api.post(Api.someone(), more).then().statusCode(400).body("message", equalTo("JSON over the limits"));
        api.post(Api.someone(), "[".repeat(500_000)).then().statusCode(400);
    }

    @Test
    void bytesThatAreNotUtf8AreNotJson() {
        api.as(Api.someone())
                .body(body("\"name\":\"ä\"").getBytes(StandardCharsets.ISO_8859_1))
                .post(Api.EXPORTS)
                .then()
                .statusCode(400);
    }

    /** Jackson takes such a beginning for UTF-32. */
    @Test
    void bytesInNoEncodingAreNotJson() {
        api.as(Api.someone())
                .body(new byte[] {0, 0, 0, '{', '"', 'z', 0, 0})
                .post(Api.EXPORTS)
                .then()
                .statusCode(400)
                .body("message", equalTo("invalid JSON: it is not UTF-8"));
    }

    @Test
    void aMalformedChunkedBodyIsAClientError() throws Exception {
        try (RawConnection connection = new RawConnection(api.publicPort)) {
            String answer = connection
                    .send(
                            "POST %s HTTP/1.1\r\nHost: localhost\r\nx-rh-identity: %s\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
                                    .formatted(Api.EXPORTS, Api.someone()))
                    .rest();
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .endsWith(
                            "{\"message\":\"the request body is not chunked as it should be, or ends too early\",\"code\":400}");
        }
    }

    @Test
    void oneSmallRequestCannotFillTheMemory() {
        String identity = Api.base64("""
                {"identity":{"org_id":"o","type":"User","user":{"username":"u"},"x":"%s"}}""".formatted("x".repeat(20_000)));
        api.post(identity, Api.request("json", 10_000))
                .then()
                .statusCode(400)
                .body("message", equalTo("too many sources for an identity of this size"));
    }

    private static Arguments refusal(int status, String message, String body) {
        return Arguments.of(status, message, body);
    }

    private static String valid() {
        return Api.request("json", 1);
    }

    /** A valid request with one more field, which wins over one of the same name. */
    private static String body(String field) {
        return valid().replaceFirst("}$", "," + field.replace("\\", "\\\\") + "}");
    }

    private static String source(String field) {
        return Api.request(
                "json", "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",%s}".formatted(field));
    }

    private static String filters(String filters) {
        return source("\"filters\":" + filters);
    }
}
