package com.redhat.cloud.exports.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Contract section 4, and the optional key of section 9. */
@ServiceTest
class IdentityTests {

    private static final String PING = "/api/export/v1/ping";

    @Autowired
    Api api;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"User\",\"user\":{\"username\":\"u\"}",
                "\"type\":\"uSER\",\"user\":{\"username\":\"u\",\"email\":1}",
                "\"type\":\"ServiceAccount\",\"service_account\":{\"username\":\"u\",\"client_id\":\"c\"}",
                "\"type\":\"serviceaccount\",\"service_account\":{\"username\":\"u\"},\"user\":{\"username\":\"other\"}",
                "\"type\":\"System\",\"system\":{\"cn\":\"u\"}",
                "\"type\":\"SYSTEM\",\"system\":{\"cn\":\"u\"},\"account_number\":null",
                "\"type\":\"User\",\"user\":{\"username\":\"u\"},\"internal\":{\"org_id\":\"ignored\"}",
                "\"type\":\"User\",\"user\":{\"username\":\"u\"},\"internal\":null,\"x\":[{}],\"auth_type\":7"
            })
    void everyTypeOfIdentityNamesItsOwner(String fields) {
        String org = "org-" + UUID.randomUUID();
        api.create(Api.identity(org, "u"), Api.request("json", 1));
        api.list(Api.base64("{\"identity\":{\"org_id\":\"%s\",%s},\"entitlements\":{}}".formatted(org, fields)), "")
                .then()
                .statusCode(200)
                .body("meta.count", equalTo(1));
    }

    @Test
    void theOrganisationMayBeInInternal() {
        String org = "org-" + UUID.randomUUID();
        api.create(Api.identity(org, "u"), Api.request("json", 1));
        for (String absent : new String[] {"", "\"org_id\":null,", "\"org_id\":\"\","}) {
            api.list(Api.base64("""
                    {"identity":{%s"internal":{"org_id":"%s"},"type":"User","user":{"username":"u"}}}""".formatted(absent, org)), "").then().body("meta.count", equalTo(1));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|'identity' is not an object",
                "{\"identity\":null}|'identity' is not an object",
                "{\"identity\":[]}|'identity' is not an object",
                "[]|not a JSON object",
                "null|not a JSON object",
                "{|not valid JSON",
                "{\"identity\":{}}x|not valid JSON",
                "{\"identity\":{}}{}|not valid JSON",
                "{\"identity\":{\"type\":\"User\",\"user\":{\"username\":\"u\"}}}|missing org_id",
                "{\"identity\":{\"org_id\":\"\",\"internal\":{\"org_id\":\"\"},\"type\":\"User\",\"user\":{\"username\":\"u\"}}}|missing org_id",
                "{\"identity\":{\"org_id\":1,\"type\":\"User\",\"user\":{\"username\":\"u\"}}}|'org_id' is not a string",
                "{\"identity\":{\"internal\":{\"org_id\":1},\"type\":\"User\",\"user\":{\"username\":\"u\"}}}|'org_id' is not a string",
                "{\"identity\":{\"internal\":\"o\",\"type\":\"User\",\"user\":{\"username\":\"u\"}}}|'internal' is not an object",
                "{\"identity\":{\"org_id\":\"\\u0000\",\"type\":\"User\",\"user\":{\"username\":\"u\"}}}|'org_id' holds a character that cannot be stored",
                "{\"identity\":{\"org_id\":\"o\",\"account_number\":7,\"type\":\"User\",\"user\":{\"username\":\"u\"}}}|'account_number' is not a string",
                "{\"identity\":{\"org_id\":\"o\",\"user\":{\"username\":\"u\"}}}|missing type",
                "{\"identity\":{\"org_id\":\"o\",\"type\":null,\"user\":{\"username\":\"u\"}}}|missing type",
                "{\"identity\":{\"org_id\":\"o\",\"type\":1,\"user\":{\"username\":\"u\"}}}|'type' is not a string",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"Associate\",\"user\":{\"username\":\"u\"}}}|'Associate' is not a valid user type",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"X509\",\"user\":{\"username\":\"u\"}}}|'X509' is not a valid user type",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\"}}|missing username data",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\",\"user\":null}}|missing username data",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\",\"user\":{}}}|missing username data",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\",\"user\":{\"username\":null}}}|missing username data",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\",\"user\":{\"username\":\"\"}}}|missing username data",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\",\"user\":{\"username\":1}}}|'username' is not a string",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\",\"user\":{\"username\":\"\\ud800\"}}}|'username' holds a character that cannot be stored",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\",\"user\":\"u\"}}|'user' is not an object",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"System\",\"user\":{\"username\":\"u\"}}}|missing username data",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"System\",\"system\":{\"cn\":\"\"}}}|missing username data",
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"ServiceAccount\",\"user\":{\"username\":\"u\"}}}|missing username data"
            })
    void anIdentityWithoutAnOwnerIsRefused(String json, String reason) {
        refused(api.as(Api.base64(json)).get(PING), reason);
    }

    @Test
    void aNameThatIsTooLongForTheIndexIsRefused() {
        refused(api.as(Api.identity("o", "é".repeat(257))).get(PING), "'username' is longer than 512 bytes");
        String longest = "%s".formatted(UUID.randomUUID()).repeat(15).substring(0, 512);
        api.create(Api.base64("""
                {"identity":{"org_id":"%1$s","account_number":"%1$s","type":"User","user":{"username":"%1$s"}}}""".formatted(longest)), Api.request("json", 1));
    }

    @Test
    void theHeaderIsRequiredAndMustBeStrictBase64() {
        refused(api.anyone(api.publicPort).get(PING), "missing x-rh-identity header");
        refused(api.as("").get(PING), "missing x-rh-identity header");
        refused(api.as("!!!!").get(PING), "not valid base64");

        String json =
                "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\",\"user\":{\"username\":\"u\"},\"x\":\"???>>>\"}}";
        while (json.length() % 3 != 1) {
            json += " ";
        }
        String padded = Api.base64(json);
        assertThat(padded).endsWith("==");
        api.as(padded).get(PING).then().statusCode(200);
        refused(api.as(padded.replace("=", "")).get(PING), "not valid base64");
        refused(api.as(padded + padded).get(PING), "not valid base64");
        refused(api.as(Base64.getUrlEncoder().encodeToString(json.getBytes())).get(PING), "not valid base64");
        refused(api.as(padded.substring(0, 8) + " " + padded.substring(8)).get(PING), "not valid base64");
    }

    @Test
    void theFirstHeaderWins() {
        String good = Api.someone();
        api.anyone(api.publicPort)
                .header("x-rh-identity", good, "!!!!")
                .get(PING)
                .then()
                .statusCode(200);
        refused(api.anyone(api.publicPort).header("x-rh-identity", "!!!!", good).get(PING), "not valid base64");
    }

    @Test
    void aKeyIsOptionalAndAWrongOneIsRefused() {
        for (String key : new String[] {"test-key", "second-key"}) {
            api.as(Api.someone())
                    .header("x-rh-exports-psk", key)
                    .get(PING)
                    .then()
                    .statusCode(200);
            refused(
                    api.anyone(api.publicPort).header("x-rh-exports-psk", key).get(PING),
                    "missing x-rh-identity header");
        }
        for (String key : new String[] {"", "wrong", "TEST-KEY"}) {
            api.as(Api.someone())
                    .header("x-rh-exports-psk", key)
                    .get(PING)
                    .then()
                    .statusCode(401)
                    .body("message", equalTo("invalid x-rh-exports-psk header"));
        }
        api.as(Api.someone())
                .header("x-rh-exports-psk", "test-key", "wrong")
                .get(PING)
                .then()
                .statusCode(401);
    }

    private static void refused(Response response, String reason) {
        response.then()
                .statusCode(400)
                .contentType("application/json")
                .body("message", equalTo("invalid identity header: " + reason))
                .body("code", equalTo(400));
    }
}
