package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Request ids are kept, and headers named like those of Camel's components have no effect. */
@ServiceTest
class RequestHeaderTests {

    private static final String PUBLIC_ID = "x-rh-insights-request-id";
    private static final String INTERNAL_ID = "X-Request-Id";

    private static final List<String> NAMES_OF_COMPONENTS = List.of(
            "CamelSqlQuery",
            "CamelSqlParameters",
            "CamelHttpUri",
            "CamelHttpPath",
            "CamelHttpMethod",
            "CamelHttpQuery",
            "CamelHttpResponseCode",
            "CamelHttpServletRequest",
            "CamelRestHttpUri",
            "CamelAwsS3Key",
            "CamelAwsS3BucketName",
            "CamelBeanMethodName",
            "CamelKafkaTopic",
            "CamelJacksonUnmarshalType",
            "kafka.OVERRIDE_TOPIC",
            "org_id",
            "orgId",
            "tenant",
            "identity",
            "id",
            "export",
            "application",
            "query",
            "ETag",
            "Location",
            "Retry-After",
            "Content-Disposition");

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Test
    void theRequestIdIsReturnedAndStored() {
        String identity = Api.someone();
        Response response = api.as(identity)
                .header(PUBLIC_ID, "Abc-123_=/+")
                .body(Api.request("json", 1))
                .post(Api.EXPORTS);
        assertThat(response.header(PUBLIC_ID)).isEqualTo("Abc-123_=/+");
        assertThat(database.sql("select request_id from export_payloads where id = ?::uuid")
                        .param(response.<String>path("id"))
                        .query(String.class)
                        .single())
                .isEqualTo("Abc-123_=/+");
    }

    @Test
    void errorsCarryTheIdTooAndEachPortHasItsOwnHeader() {
        Response refused = api.anyone(api.publicPort)
                .header(PUBLIC_ID, "a")
                .header(INTERNAL_ID, "b")
                .get("/nope");
        assertThat(refused.header(PUBLIC_ID)).isEqualTo("a");
        assertThat(refused.header(INTERNAL_ID)).isNull();
        Response internal = api.anyone(api.internalPort)
                .header(PUBLIC_ID, "a")
                .header(INTERNAL_ID, "b")
                .post(Api.INTERNAL + "x/y/z/upload");
        assertThat(internal.header(INTERNAL_ID)).isEqualTo("b");
        assertThat(internal.header(PUBLIC_ID)).isNull();
    }

    @Test
    void aRequestWithoutAnIdGetsOne() {
        String one = api.as(Api.someone()).get("/api/export/v1/ping").header(PUBLIC_ID);
        String two = api.as(Api.someone()).get("/api/export/v1/ping").header(PUBLIC_ID);
        assertThat(one).matches("[0-9a-f]{32}").isNotEqualTo(two);
        assertThat(api.anyone(api.internalPort).get("/").header(INTERNAL_ID)).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "é", "a\tb"})
    void anIdThatDoesNotFitInALogLineIsReplaced(String id) {
        assertThat(api.anyone(api.publicPort).header(PUBLIC_ID, id).get("/").header(PUBLIC_ID))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void anIdIsKeptUpToTwoHundredCharacters() {
        assertThat(api.anyone(api.publicPort)
                        .header(PUBLIC_ID, "x".repeat(200))
                        .get("/")
                        .header(PUBLIC_ID))
                .hasSize(200);
        assertThat(api.anyone(api.publicPort)
                        .header(PUBLIC_ID, "x".repeat(201))
                        .get("/")
                        .header(PUBLIC_ID))
                .hasSize(32);
    }

    @Test
    void namesOfComponentsHaveNoEffectAsHeaders() {
        String value = "00000000-0000-0000-0000-00000000dead";
        Headers hostile = new Headers(NAMES_OF_COMPONENTS.stream()
                .map(name -> new Header(name, value))
                .toList());
        Api.Export export = api.create("json", 1);
        List<Response> responses = Stream.of(
                        api.as(export.identity())
                                .headers(hostile)
                                .body(Api.request("json", 1))
                                .post(Api.EXPORTS),
                        api.as(export.identity()).headers(hostile).get(Api.EXPORTS),
                        api.as(export.identity()).headers(hostile).get(Api.EXPORTS + "/" + export.id() + "/status"),
                        api.application().headers(hostile).body("[]").post(export.uploadPath(0)),
                        api.as(export.identity()).headers(hostile).get(Api.EXPORTS + "/" + export.id()))
                .toList();

        assertThat(responses).extracting(Response::statusCode).containsExactly(202, 200, 200, 202, 200);
        responses.get(1).then().body("meta.count", equalTo(2));
        responses.get(2).then().body("id", equalTo(export.id()));
        for (Response response : responses) {
            assertThat(response.headers().asList()).extracting(Header::getValue).noneMatch(value::equals);
            assertThat(response.headers().asList())
                    .extracting(Header::getName)
                    .noneMatch(name ->
                            name.startsWith("Camel") || name.startsWith("x-rh-e") || name.equals("x-rh-identity"));
        }
        api.as(export.identity())
                .headers(hostile)
                .delete(Api.EXPORTS + "/" + export.id())
                .then()
                .statusCode(200);
        api.status(export).then().statusCode(404);
    }

    @Test
    void namesOfComponentsHaveNoEffectAsQueryParameters() {
        Api.Export export = api.create("json", 1);
        // The list has a parameter "application" of its own.
        String query = NAMES_OF_COMPONENTS.stream()
                .filter(name -> !name.equals("application"))
                .map(name -> name + "=dead")
                .collect(Collectors.joining("&", "?", ""));
        api.list(export.identity(), query).then().statusCode(200).body("meta.count", equalTo(1));
        api.as(export.identity())
                .get(Api.EXPORTS + "/" + export.id() + "/status" + query)
                .then()
                .statusCode(200)
                .body("id", equalTo(export.id()));
        api.application().body("[]").post(export.uploadPath(0) + query).then().statusCode(202);
        api.as(export.identity())
                .get(Api.EXPORTS + "/" + export.id() + query)
                .then()
                .statusCode(200);
    }

    @Test
    void namesOfComponentsHaveNoEffectInABody() {
        String fields = NAMES_OF_COMPONENTS.stream()
                .map(name -> "\"%s\":\"dead\"".formatted(name))
                .collect(Collectors.joining(","));
        Api.Export export = api.create(Api.someone(), Api.request("json", 1).replaceFirst("}$", "," + fields + "}"));
        api.status(export).then().statusCode(200);
    }
}
