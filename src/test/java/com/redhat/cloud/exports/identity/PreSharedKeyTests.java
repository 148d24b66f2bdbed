package com.redhat.cloud.exports.identity;

import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Contract section 5: the list of keys. */
@ServiceTest
class PreSharedKeyTests {

    private static final String REPORT = "{\"message\":\"no\",\"error\":1}";

    @Autowired
    Api api;

    @Test
    void everyKeyOfTheListIsValidForEveryApplication() {
        for (String key : new String[] {"test-key", "second-key"}) {
            Api.Export export = api.create("json", 1);
            api.anyone(api.internalPort)
                    .header("x-rh-exports-psk", key)
                    .body("1")
                    .post(export.uploadPath(0))
                    .then()
                    .statusCode(202);
        }
    }

    @Test
    void anUnknownKeyIsUnauthorized() {
        Api.Export export = api.create("json", 1);
        for (String key : new String[] {"", "test", "test-key,second-key", "TEST-KEY"}) {
            for (String path : new String[] {export.uploadPath(0), export.errorPath(0)}) {
                api.anyone(api.internalPort)
                        .header("x-rh-exports-psk", key)
                        .body(REPORT)
                        .post(path)
                        .then()
                        .statusCode(401)
                        .body("message", equalTo("invalid x-rh-exports-psk header"))
                        .body("code", equalTo(401));
            }
        }
        api.status(export).then().body("status", equalTo("pending"));
    }

    @Test
    void noKeyAndTwoKeysAreBadRequests() {
        Api.Export export = api.create("json", 1);
        api.anyone(api.internalPort)
                .body("1")
                .post(export.uploadPath(0))
                .then()
                .statusCode(400)
                .body("message", equalTo("missing x-rh-exports-psk header"));
        api.anyone(api.internalPort)
                .header("x-rh-exports-psk", "test-key", "second-key")
                .body("1")
                .post(export.uploadPath(0))
                .then()
                .statusCode(400)
                .body("message", equalTo("missing x-rh-exports-psk header"));
        api.status(export).then().body("status", equalTo("pending"));
    }

    @Test
    void theKeyIsCheckedFirst() {
        api.anyone(api.internalPort)
                .body("1")
                .post(Api.INTERNAL + "x/exampleApp/x/upload")
                .then()
                .statusCode(400)
                .body("message", equalTo("missing x-rh-exports-psk header"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/export/v1/ping", "/internal/export/v1/ping"})
    void pingNeedsAKeyToo(String path) {
        for (String key : new String[] {"test-key", "second-key"}) {
            ping(path, key).statusCode(200).contentType("text/plain").body(equalTo("Hello world"));
        }
        for (String key : new String[] {"", "test", "test-key,second-key", "TEST-KEY"}) {
            ping(path, key)
                    .statusCode(401)
                    .body("message", equalTo("invalid x-rh-exports-psk header"))
                    .body("code", equalTo(401));
        }
        for (Object[] keys : new Object[][] {{}, {"test-key", "test-key"}}) {
            ping(path, keys)
                    .statusCode(400)
                    .body("message", equalTo("missing x-rh-exports-psk header"))
                    .body("code", equalTo(400));
        }
    }

    private ValidatableResponse ping(String path, Object... keys) {
        RequestSpecification request = api.anyone(api.internalPort);
        for (Object key : keys) {
            request.header("x-rh-exports-psk", key);
        }
        return request.get(path).then();
    }

    @Test
    void whereNoIssuerIsSetATokenIsNoKey() {
        api.anyone(api.internalPort)
                .header("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.")
                .get("/app/export/v1/ping")
                .then()
                .statusCode(400)
                .body("message", equalTo("missing x-rh-exports-psk header"));
    }
}
