package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.wire.ContractDocument;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code GET /exports} (contract section 3). */
@ServiceTest
class ListExportsTests {

    private static final String DEFAULT_LINK = Api.EXPORTS + "?limit=100&offset=0";

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    private final String identity = Api.someone();

    @Test
    void aNewTenantHasNoExports() {
        api.list(identity, "")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("meta.count", equalTo(0))
                .body("data", empty())
                .body("links.first", equalTo(DEFAULT_LINK))
                .body("links.next", nullValue())
                .body("links.previous", nullValue())
                .body("links.last", equalTo(DEFAULT_LINK));
    }

    @Test
    void anItemIsTheExportWithoutItsSources() throws IOException {
        Api.Export export = api.create(identity, Api.request("csv", 2));
        JsonNode pending = onlyItem();
        assertThat(ContractDocument.names(pending))
                .containsExactlyInAnyOrder("id", "name", "created_at", "expires_at", "format", "status");
        JsonNode status = new ObjectMapper().readTree(api.status(export).asByteArray());
        pending.properties().forEach(field -> assertThat(field.getValue()).isEqualTo(status.path(field.getKey())));

        api.error(export, 0, "{\"message\":\"no\",\"error\":1}").then().statusCode(202);
        assertThat(onlyItem().path("status").asText()).isEqualTo("running");
        api.error(export, 1, "{\"message\":\"no\",\"error\":1}").then().statusCode(202);
        JsonNode failed = onlyItem();
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(Instant.parse(failed.path("completed_at").asText()))
                .isAfter(Instant.parse(failed.path("created_at").asText()));
    }

    /** The former service's columns may all be null. */
    @Test
    void nullColumnsAreMissingInAnItemAsInItsStatus() throws IOException {
        Api.Export export = api.create(identity, Api.request("csv", 1));
        database.sql("update export_payloads set name = null, created_at = null, format = null where id = ?::uuid")
                .param(export.id())
                .update();
        JsonNode item = onlyItem();
        assertThat(item.path("name").textValue()).isEmpty();
        assertThat(item.path("created_at").isNull()).isTrue();
        assertThat(item.path("format").isNull()).isTrue();
        JsonNode status = new ObjectMapper().readTree(api.status(export).asByteArray());
        item.properties().forEach(field -> assertThat(field.getValue()).isEqualTo(status.path(field.getKey())));
    }

    private JsonNode onlyItem() throws IOException {
        JsonNode page = new ObjectMapper().readTree(api.list(identity, "").asByteArray());
        assertThat(page.at("/meta/count").asInt()).isEqualTo(1);
        return page.at("/data/0");
    }

    @Test
    void onlyTheCallersExportsAreListed() {
        String orgId = "org-" + UUID.randomUUID();
        api.create(Api.identity(orgId, "one"), Api.request("json", 1));
        for (String other : List.of(
                Api.identity(orgId, "two"),
                Api.identity(orgId, "ONE"),
                Api.identity(orgId + "x", "one"),
                Api.base64("""
                        {"identity":{"org_id":"%s","account_number":"1","type":"User","user":{"username":"one"}}}""".formatted(orgId)))) {
            api.list(other, "").then().body("meta.count", equalTo(0)).body("data", empty());
        }
        api.list(Api.identity(orgId, "one"), "").then().body("meta.count", equalTo(1));
    }

    @Test
    void theDefaultOrderIsByCreation() {
        create("b", "2030-01-03T00:00:00Z", "exampleResource");
        create("c", "2030-01-01T00:00:00Z", "exampleResource");
        create("a", "2030-01-02T00:00:00Z", "anotherExampleResource");

        assertThat(names("")).containsExactly("b", "c", "a");
        assertThat(names("?sort=created")).containsExactly("b", "c", "a");
        assertThat(names("?sort=created_at&dir=asc")).containsExactly("b", "c", "a");
        assertThat(names("?dir=desc")).containsExactly("a", "c", "b");
        assertThat(names("?sort=created&dir=desc")).containsExactly("a", "c", "b");
        assertThat(names("?sort=name")).containsExactly("a", "b", "c");
        assertThat(names("?sort=name&dir=desc")).containsExactly("c", "b", "a");
        assertThat(names("?sort=expires")).containsExactly("c", "a", "b");
        assertThat(names("?sort=expires_at&dir=desc")).containsExactly("b", "a", "c");
        assertThat(names("?sort=resource")).first().isEqualTo("a");
        assertThat(names("?sort=resource&dir=desc")).last().isEqualTo("a");
        assertThat(names("?sort=application")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(names("?limit=2")).containsExactly("b", "c");
        assertThat(names("?limit=2&offset=2")).containsExactly("a");
        assertThat(names("?offset=3")).isEmpty();
        assertThat(names("?limit=0")).isEmpty();
        assertThat(names("?limit=2147483647&offset=2147483647")).isEmpty();
        assertThat(names("?limit=&offset=&sort=&dir=&name=&created_at=")).containsExactly("b", "c", "a");
        assertThat(names("?limit=1&limit=3"))
                .as("the first of two values counts")
                .containsExactly("b");
    }

    @Test
    void filtersCompareWholeValuesAndAreCombined() {
        create("a", "2030-01-01T00:00:00Z", "exampleResource");
        create("A b&c=é", "2030-01-01T00:00:00Z", "anotherExampleResource");
        Api.Export failed = create("c", "2030-01-01T00:00:00Z", "exampleResource");
        api.error(failed, 0, "{\"message\":\"no\",\"error\":1}").then().statusCode(202);

        assertThat(names("?name=a")).containsExactly("a");
        assertThat(names("?name=A+b%26c%3D%C3%A9")).containsExactly("A b&c=é");
        assertThat(names("?name=A%20b%26c%3D%C3%A9")).containsExactly("A b&c=é");
        assertThat(names("?name=%25")).isEmpty();
        assertThat(names("?status=failed")).containsExactly("c");
        assertThat(names("?status=pending")).containsExactly("a", "A b&c=é");
        assertThat(names("?status=complete")).isEmpty();
        assertThat(names("?status=nonsense")).isEmpty();
        assertThat(names("?application=exampleApp")).hasSize(3);
        assertThat(names("?application=exampleapp")).isEmpty();
        assertThat(names("?resource=anotherExampleResource")).containsExactly("A b&c=é");
        assertThat(names("?resource=exampleResource&status=failed&application=exampleApp"))
                .containsExactly("c");
        assertThat(names("?resource=exampleResource&name=A+b%26c%3D%C3%A9")).isEmpty();
    }

    @Test
    void anExportWithTwoMatchingSourcesIsListedAndCountedOnce() {
        api.create(identity, Api.request("json", 2));
        api.list(identity, "?application=exampleApp&resource=exampleResource")
                .then()
                .body("meta.count", equalTo(1))
                .body("data.size()", equalTo(1));
    }

    @Test
    void aDateSelectsTheDayThatStartsThere() {
        create("a", "2030-01-02T00:00:00Z", "exampleResource");
        create("b", "2030-01-03T12:00:00Z", "exampleResource");

        assertThat(names("?expires_at=2030-01-01"))
                .as("the end of the day belongs to it")
                .containsExactly("a");
        assertThat(names("?expires_at=2030-01-02")).containsExactly("a");
        assertThat(names("?expires_at=2030-01-03")).containsExactly("b");
        assertThat(names("?expires_at=2030-01-04")).isEmpty();
        assertThat(names("?expires_at=2030-01-02T12:00:00Z")).containsExactly("b");
        assertThat(names("?expires_at=2030-01-02T12:00:01Z")).containsExactly("b");
        assertThat(names("?expires_at=2030-01-02T13:00:01%2B01:00")).containsExactly("b");
        assertThat(names("?expires_at=9999-12-31")).isEmpty();

        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(names("?created_at=" + now.minusSeconds(3600))).containsExactly("a", "b");
        assertThat(names("?created_at=" + now.plusSeconds(3600))).isEmpty();
        assertThat(names("?created_at=" + today.minusDays(3))).isEmpty();
        assertThat(names("?created_at=" + now.minusSeconds(3600) + "&expires_at=2030-01-02"))
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring",
                "2022-02-30",
                "22-01-01",
                "2022-1-1",
                "-999-01-01",
                "2022-01-01T00:00:00",
                "2022-01-01T00:00Z",
                "0000-01-01"
            })
    void anInvalidDateIsRefused(String value) {
        for (String parameter : List.of("created_at", "expires_at")) {
            refused("?" + parameter + "=" + value, "'" + value + "' is not a valid date in ISO 8601");
            refused(
                    "?" + parameter + "=2029-01-01T00:00:00+05:30",
                    "'2029-01-01T00:00:00 05:30' is not a valid date in ISO 8601; in a URL the '+' of a zone is written %2B");
            api.list(Api.someone(), "?" + parameter + "=2029-01-01T00:00:00.1234567890%2B05:30")
                    .then()
                    .statusCode(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,-1", "x,x", "1.5,1.5", "2147483648,2147483648", "%2B1,+1", "%D9%A3,٣", "0x1,0x1", "1%20,'1 '"})
    void limitAndOffsetAreWholeNumbers(String sent, String read) {
        for (String parameter : List.of("limit", "offset")) {
            refused(
                    "?" + parameter + "=" + sent,
                    "invalid %s: '%s' is not a whole number from 0 to 2147483647".formatted(parameter, read));
        }
    }

    @Test
    void otherInvalidValuesAreRefused() {
        refused("?sort=id", "sort does not match one of name, created_at, expires_at, application, resource: id");
        refused("?sort=Name", "sort does not match one of name, created_at, expires_at, application, resource: Name");
        refused("?dir=up", "dir does not match 'asc' or 'desc': up");
        refused("?dir=ASC", "dir does not match 'asc' or 'desc': ASC");
        refused("?name=%00", "'name' holds a NUL character");
    }

    private void refused(String query, String message) {
        Response response = api.list(identity, query);
        response.then().statusCode(400).contentType("application/json").body("code", equalTo(400));
        assertThat(response.<String>path("message")).isEqualTo(message);
    }

    private Api.Export create(String name, String expires, String resource) {
        return api.create(identity, """
                {"name":"%s","format":"json","expires_at":"%s","sources":[{"application":"exampleApp","resource":"%s"}]}""".formatted(name, expires, resource));
    }

    private List<String> names(String query) {
        Response response = api.list(identity, query);
        response.then().statusCode(200);
        return response.path("data.name");
    }
}
