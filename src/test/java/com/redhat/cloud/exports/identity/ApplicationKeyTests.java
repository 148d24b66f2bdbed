package com.redhat.cloud.exports.identity;

import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.OtherSettingsTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Contract section 5: keys bound to applications. */
@OtherSettingsTest
public class ApplicationKeyTests {

    @Autowired
    Api api;

    @Test
    void anApplicationMayUseItsOwnKey() {
        Api.Export export = api.create("json", 1);
        upload(export.uploadPath(0), "test-key").statusCode(202);
    }

    @Test
    void theKeyOfAnotherApplicationIsUnauthorized() {
        Api.Export export = api.create("json", 1);
        for (String key : new String[] {"key-of-the-other", "nobody's", ""}) {
            upload(export.uploadPath(0), key)
                    .statusCode(401)
                    .body("message", equalTo("invalid x-rh-exports-psk header for application"));
        }
    }

    @Test
    void anApplicationWithoutAKeyIsForbidden() {
        Api.Export export = api.create("json", 1);
        upload(export.uploadPath(0).replace("exampleApp", "urn%253Aredhat:application:inventory"), "test-key")
                .statusCode(403)
                .body("message", equalTo("no PSK configured for application"));
    }

    @Test
    void anApplicationCannotUploadToASourceOfAnother() {
        Api.Export export = api.create("json", 1);
        upload(export.uploadPath(0).replace("exampleApp", "other"), "key-of-the-other")
                .statusCode(403)
                .body("message", equalTo("this source belongs to another application"));
        api.status(export).then().body("status", equalTo("pending"));
    }

    /** Its path names no application. */
    @ParameterizedTest
    @ValueSource(strings = {"/app/export/v1/ping", "/internal/export/v1/ping"})
    void pingAcceptsTheKeyOfAnyApplication(String path) {
        for (String key : new String[] {"test-key", "key-of-the-other"}) {
            ping(path, key).statusCode(200).body(equalTo("Hello world"));
        }
        for (String key : new String[] {"nobody's", "", "exampleApp"}) {
            ping(path, key).statusCode(401).body("message", equalTo("invalid x-rh-exports-psk header"));
        }
        api.anyone(api.internalPort)
                .get(path)
                .then()
                .statusCode(400)
                .body("message", equalTo("missing x-rh-exports-psk header"));
    }

    private ValidatableResponse ping(String path, String key) {
        return api.anyone(api.internalPort)
                .header("x-rh-exports-psk", key)
                .get(path)
                .then();
    }

    private ValidatableResponse upload(String path, String key) {
        return api.anyone(api.internalPort)
                .header("x-rh-exports-psk", key)
                .body("1")
                .post(path)
                .then();
    }
}
